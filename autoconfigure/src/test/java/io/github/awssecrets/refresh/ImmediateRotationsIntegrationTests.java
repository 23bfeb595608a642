package io.github.awssecrets.refresh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.VersionListener;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Integration tests of {@link ImmediateRotations} in applications whose secrets nobody
 * watches, as a test with the embedded server has them.
 */
class ImmediateRotationsIntegrationTests {

	private static final String ROTATED = Canary.value("prod/db.password", 2);

	private final SecretsServer server = SecretsServer.start();

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	@TempDir
	private Path directory;

	ImmediateRotationsIntegrationTests() {
		this.server.create("prod/db", Canary.json("prod/db", 1, "password", "user"));
		this.server.create("prod/other", Canary.json("prod/other", 1, "key"));
	}

	@AfterEach
	void close() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void rotateReturnsWhenEverythingHasTheVersion(boolean bootstrap) {
		ConfigurableApplicationContext context = run("--spring.cloud.bootstrap.enabled=" + bootstrap,
				"--spring.docker.compose.enabled=false");
		rotate();
		assertFollowed(context);
	}

	@Test
	void rotateWhenSeveralContextsUseServerReturnsWhenAllHaveTheVersion() {
		List<ConfigurableApplicationContext> all = List.of(run(), run());
		rotate();
		assertThat(all).allSatisfy(this::assertFollowed);
	}

	@Test
	void rotateWhenThereIsNoRefresherReturnsWhenBeansHaveTheVersion() {
		ConfigurableApplicationContext context = run("--spring.cloud.refresh.enabled=false");
		rotate();
		assertThat(ROTATED.equals(context.getEnvironment().getProperty("db.password"))).isTrue();
		assertThat(ROTATED.equals(context.getBean(Properties.class).getPassword())).isTrue();
	}

	@Test
	void rotateWhenContextDoesNotUseSecretLeavesItAlone() {
		ConfigurableApplicationContext context = run("--db.password=overridden-by-an-argument");
		this.server.clearCalls();
		rotate();
		assertThat(this.server.calls()).isEmpty();
		assertThat(context.getBean(Rotations.class).events).isEmpty();
	}

	@Test
	void rotateWhenOnlyAnotherStageIsUsedFollowsToo() {
		this.server.put("prod/db", Canary.json("prod/db", 3, "password", "user"));
		ConfigurableApplicationContext context = run("--db.password=$<secret:prod/db.password?stage=AWSPREVIOUS>");
		rotate();
		assertThat(Canary.value("prod/db.password", 3).equals(context.getEnvironment().getProperty("db.password")))
			.isTrue();
	}

	@Test
	void rotateWhenVersionIsRejectedSaysWhy() {
		ConfigurableApplicationContext context = run();
		assertThatIllegalStateException().isThrownBy(() -> this.server.rotate("prod/db", "password", Canary.MARKER))
			.withMessage(failure(context) + "it was rejected, the properties under 'db' cannot be bound or are invalid")
			.withNoCause();
		assertThat(Canary.value("prod/db.password", 1).equals(context.getEnvironment().getProperty("db.password")))
			.isTrue();
		rotate();
		assertFollowed(context);
	}

	@Test
	void rotateWhenRefreshFailsSaysWith() {
		ConfigurableApplicationContext context = run();
		context.addApplicationListener((event) -> {
			if (event instanceof EnvironmentChangeEvent) {
				throw new UnsupportedOperationException(ROTATED);
			}
		});
		assertThatIllegalStateException().isThrownBy(this::rotate)
			.withMessage(failure(context) + "the refresh failed with java.lang.UnsupportedOperationException")
			.withNoCause();
	}

	@Test
	void rotateWhenSecretCannotBeRetrievedSaysWhy() {
		ConfigurableApplicationContext context = run();
		this.server.faults().add(Fault.denied());
		assertThatIllegalStateException().isThrownBy(this::rotate)
			.withMessage(failure(context) + "it cannot be retrieved (access denied)");
	}

	@Test
	void rotateWhenListenerHangsDoesNotWaitForEver() {
		ConfigurableApplicationContext context = run();
		Rotations rotations = context.getBean(Rotations.class);
		rotations.gate = new CountDownLatch(1);
		VersionListener impatient = new ImmediateRotations(context, context.getBean(SecretsEnvironment.class),
				context.getBean(SecretsWatcher.class), context.getBean(RefreshEventApplier.class),
				Duration.ofSeconds(1));
		this.server.removeVersionListener(context.getBean(VersionListener.class));
		this.server.addVersionListener(impatient);
		try {
			assertThatIllegalStateException().isThrownBy(this::rotate)
				.withMessage(
						failure(context) + "the refresh, or a listener to SecretRotatedEvent, is not done after 1 s");
		}
		finally {
			rotations.gate.countDown();
		}
	}

	@Test
	void rotateWhenNobodyListensOnlyChangesTheSecret() {
		ConfigurableApplicationContext context = run();
		this.server.removeVersionListener(context.getBean(VersionListener.class));
		rotate();
		assertThat(Canary.value("prod/db.password", 1).equals(context.getEnvironment().getProperty("db.password")))
			.isTrue();
	}

	@Test
	void resetTakesApplicationBack() {
		try (SecretsServer planted = SecretsServer.builder()
			.secret("prod/db = " + Canary.json("prod/db", 1, "password"))
			.start(); ConfigurableApplicationContext context = application(planted).run()) {
			planted.addVersionListener(context.getBean(VersionListener.class));
			planted.rotate("prod/db", "password", ROTATED);
			assertFollowed(context);
			planted.reset();
			assertThat(Canary.value("prod/db.password", 1).equals(context.getBean(Scoped.class).getPassword()))
				.isTrue();
			assertThat(planted.calls()).isEmpty();
			planted.reset();
			assertThat(context.getBean(Rotations.class).events).hasSize(2);
		}
	}

	private String failure(ConfigurableApplicationContext context) {
		return "Application '%s' has not applied version %s of secret 'prod/db': ".formatted(context.getId(),
				this.server.versionId("prod/db"));
	}

	private void rotate() {
		this.server.rotate("prod/db", "password", ROTATED);
	}

	private void assertFollowed(ConfigurableApplicationContext context) {
		assertThat(ROTATED.equals(context.getEnvironment().getProperty("db.password"))).isTrue();
		assertThat(ROTATED.equals(context.getBean(Properties.class).getPassword())).isTrue();
		assertThat(ROTATED.equals(context.getBean(Scoped.class).getPassword())).isTrue();
		assertThat(context.getBean(Rotations.class).events).singleElement()
			.satisfies((event) -> assertThat(event.properties()).containsExactly("db.password"));
	}

	private ConfigurableApplicationContext run(String... arguments) {
		ConfigurableApplicationContext context = application(this.server).arguments(arguments).run();
		this.contexts.add(context);
		this.server.addVersionListener(context.getBean(VersionListener.class));
		return context;
	}

	private TestApplication application(SecretsServer server) {
		return TestApplication.in(this.directory, server)
			.classes(Beans.class)
			.yaml("db.password: $<secret:prod/db.password>");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Properties.class)
	static class Beans {

		@Bean
		@RefreshScope
		Scoped scoped(@Value("${db.password}") String password) {
			return new Scoped(password);
		}

		@Bean
		Rotations rotations() {
			return new Rotations();
		}

	}

	public static class Scoped {

		private final String password;

		Scoped(String password) {
			this.password = password;
		}

		public String getPassword() {
			return this.password;
		}

	}

	@ConfigurationProperties("db")
	@Validated
	public static class Properties {

		@Size(min = 20)
		private String password;

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

	}

	static class Rotations {

		final List<SecretRotatedEvent> events = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch gate = new CountDownLatch(0);

		@EventListener
		void rotated(SecretRotatedEvent event) throws InterruptedException {
			this.gate.await();
			this.events.add(event);
		}

	}

}
