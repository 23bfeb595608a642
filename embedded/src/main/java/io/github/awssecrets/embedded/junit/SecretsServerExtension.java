package io.github.awssecrets.embedded.junit;

import java.util.Arrays;
import java.util.function.Supplier;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.SecretsServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A JUnit extension with a {@link SecretsServer} for a test class and the classes nested
 * in it. The server starts when it is first needed and is closed after the class, so that
 * each class starts afresh. Register it as a static field:
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * class OrderTests {
 *
 * 	&#64;RegisterExtension
 * 	static final SecretsServerExtension secrets = SecretsServerExtension
 * 		.withSecrets("prod/db = {\"username\":\"app\",\"password\":\"x\"}");
 *
 * 	&#64;DynamicPropertySource
 * 	static void secrets(DynamicPropertyRegistry registry) {
 * 		secrets.server().properties().forEach((name, value) -&gt; registry.add(name, () -&gt; value));
 * 	}
 *
 * 	&#64;Test
 * 	void followsARotation() {
 * 		secrets.server().rotate("prod/db", "password", "y");
 * 		// ...
 * 	}
 *
 * }
 * </pre>
 *
 * {@link SecretsServer#rotate} returns when the application under test has applied the
 * version, if the server is its {@code aws.secrets.endpoint}.
 * <p>
 * Spring caches a context by its {@code @DynamicPropertySource} methods. Declare both in
 * the test class itself; in a base class, the second test class would reuse a context
 * that knows the closed server of the first.
 * <p>
 * With {@code @ExtendWith} or {@link EmbeddedSecrets @EmbeddedSecrets}, and in addition
 * to a field, tests get the server as a parameter. With {@link EmbeddedSecrets}, a Spring
 * test needs no such method and no field: its server is that of the Spring context.
 */
public final class SecretsServerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(SecretsServerExtension.class);

	private final @Nullable Supplier<SecretsServerBuilder> builder;

	private @Nullable SecretsServer server;

	private int users;

	/**
	 * For {@code @ExtendWith}: a server with the secrets of
	 * {@link EmbeddedSecrets @EmbeddedSecrets}, if the test class has that annotation.
	 */
	public SecretsServerExtension() {
		this.builder = null;
	}

	private SecretsServerExtension(Supplier<SecretsServerBuilder> builder) {
		this.builder = builder;
	}

	/**
	 * A server that starts with some secrets.
	 * @param lines the secrets, one line each, as
	 * {@link SecretsServerBuilder#secret(String)} takes them
	 * @return the extension, for {@code @RegisterExtension}
	 */
	public static SecretsServerExtension withSecrets(String... lines) {
		return of(() -> builder(lines));
	}

	/**
	 * A server that starts as configured.
	 * @param builder makes the configured builder, once for each server
	 * @return the extension, for {@code @RegisterExtension}
	 */
	public static SecretsServerExtension of(Supplier<SecretsServerBuilder> builder) {
		return new SecretsServerExtension(builder);
	}

	private static SecretsServerBuilder builder(String... lines) {
		SecretsServerBuilder builder = SecretsServer.builder();
		Arrays.stream(lines).forEach(builder::secret);
		return builder;
	}

	/**
	 * The server, started if it was not.
	 * @return the running server
	 */
	public synchronized SecretsServer server() {
		SecretsServer running = this.server;
		if (running == null) {
			running = (this.builder != null) ? this.builder.get().start() : SecretsServer.start();
			this.server = running;
		}
		return running;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		use(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		use(context);
		tellApplication(context);
	}

	private synchronized void tellApplication(ExtensionContext context) {
		if (this.server != null && !isOfSpring(context)) {
			SpringServer.tellApplication(this.server, context);
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return parameterContext.getParameter().getType() == SecretsServer.class && (!isOfSpring(extensionContext)
				|| SpringServer.supportsParameter(parameterContext, extensionContext));
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		if (isOfSpring(extensionContext)) {
			return SpringServer.get(extensionContext);
		}
		use(extensionContext);
		return server();
	}

	private boolean isOfSpring(ExtensionContext context) {
		return this.builder == null && SpringServer.isIn(context);
	}

	// A store asks its parents first, so a nested class uses the server of its outer
	// class, and the context that used the server first closes it.
	private void use(ExtensionContext context) {
		if (!isOfSpring(context)) {
			context.getStore(NAMESPACE).computeIfAbsent(this, (extension) -> new Use(context));
		}
	}

	private synchronized void enter(ExtensionContext context) {
		this.users++;
		if (this.server == null && this.builder == null) {
			this.server = AnnotationSupport.findAnnotation(context.getTestClass(), EmbeddedSecrets.class)
				.map((secrets) -> builder(secrets.value()).region(secrets.region()))
				.orElseGet(SecretsServer::builder)
				.start();
		}
	}

	private synchronized void leave() {
		this.users--;
		if (this.users == 0 && this.server != null) {
			this.server.close();
			this.server = null;
		}
	}

	/**
	 * The use of the server by one test class, until its context is closed.
	 */
	private final class Use implements AutoCloseable {

		Use(ExtensionContext context) {
			enter(context);
		}

		@Override
		public void close() {
			leave();
		}

	}

}
