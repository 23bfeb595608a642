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
 * Gives a test class a {@link SecretsServer}, as parameter of its constructor or methods:
 *
 * <pre class="code">
 * &#64;SpringBootTest
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
 * A Spring test, {@code @SpringBootTest} or a slice, needs nothing else: the application
 * under test uses the server from its start, whatever its own {@code aws.secrets.*} say
 * about where secrets come from, and even if {@code aws.secrets.enabled} is
 * {@code false}. Its rules on who may refer to what ({@code aws.secrets.allowed} and
 * {@code untrusted-sources}) apply as always. Only a {@code @ServiceConnection} in a
 * static field of the test wins over the server.
 * <p>
 * {@link SecretsServer#rotate} returns when the application has applied the version: its
 * Environment, its beans and its listeners to {@code SecretRotatedEvent}, whether its
 * secrets are watched or not ({@code aws.secrets.watch.enabled}). If the application
 * rejects the version, or has not applied it after 30 seconds, that is an
 * {@link IllegalStateException} that says why. All other changes of the server's secrets
 * are left for the application to notice. Slices without the starter's
 * auto-configurations, such as {@code @WebMvcTest}, follow no rotation.
 * <p>
 * The server is a bean of the context, and closed with it. Test classes share context and
 * server if their annotations and their other configuration are equal; before each of
 * them, the server is {@linkplain SecretsServer#reset() reset}, and the application
 * follows it back, which takes two seconds if a secret was changed. A class that changes
 * the application in other ways needs {@code @DirtiesContext}.
 * <p>
 * Without Spring, each test class has a server of its own.
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
