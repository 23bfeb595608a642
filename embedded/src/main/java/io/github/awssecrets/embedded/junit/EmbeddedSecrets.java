package io.github.awssecrets.embedded.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.SecretsServerBuilder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link SecretsServer} of its own, as parameter of its constructor
 * or methods:
 *
 * <pre class="code">
 * &#64;EmbeddedSecrets("prod/db = {\"username\":\"app\",\"password\":\"x\"}")
 * class OrderTests {
 *
 * 	&#64;Test
 * 	void followsARotation(SecretsServer secrets) {
 * 		secrets.rotate("prod/db", "password", "y");
 * 		// ...
 * 	}
 *
 * }
 * </pre>
 *
 * Where a server must exist before the test class is prepared, as for Spring's
 * {@code @DynamicPropertySource}, register a {@link SecretsServerExtension} instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SecretsServerExtension.class)
public @interface EmbeddedSecrets {

	/**
	 * The secrets to start with, one line each.
	 * @return lines as {@link SecretsServerBuilder#secret(String)} takes them
	 */
	String[] value() default {};

	/**
	 * The Region of the server's own operations.
	 * @return the Region
	 */
	String region() default "eu-west-1";

}
