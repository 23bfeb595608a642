package io.github.awssecrets.env;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.environment.EnvironmentManager;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Chapter on an application that runs: what its start cost, what it has, what happens to
 * references while it runs, and what it leaves.
 */
interface RunningCases extends AcceptanceFixture {

	@Test
	default void runWhenNothingIsReferencedHasNeitherTwinNorThreadNorCall() {
		try (ConfigurableApplicationContext context = newApplication().yaml("x: plain ${y:z}").run()) {
			assertThat(context.getEnvironment().getProperty("x")).isEqualTo("plain z");
			assertThat(ours(context)).containsExactly(SecretsMarker.NAME);
			assertThat(threads()).isEmpty();
			assertThat(secretsServer().calls()).isEmpty();
		}
	}

	@Test
	default void runWhenManySecretsAreReferencedRetrievesThemInBatches() {
		StringBuilder yaml = new StringBuilder("app:\n");
		for (int i = 0; i < 41; i++) {
			create("app/secret" + i);
			yaml.append("  secret%1$d: $<secret:app/secret%1$d>%n".formatted(i));
		}
		try (ConfigurableApplicationContext context = newApplication().yaml(yaml.toString()).run()) {
			assertProperty("app/secret40", context, "app.secret40");
			assertThat(secretsServer().calls()).extracting(Call::operation)
				.hasSize(3)
				.containsOnly("BatchGetSecretValue");
		}
	}

	@Test
	default void closeLeavesNoThread() {
		create("prod/db");
		try (ConfigurableApplicationContext context = newApplication().yaml("x: $<secret:prod/db>").run()) {
			assertProperty("prod/db", context, "x");
		}
		assertThat(threads()).isEmpty();
	}

	@Test
	default void scheduledMethodHasIntervalFromSecret() throws InterruptedException {
		secretsServer().create("prod/jobs", "{\"interval\":\"1ms\"}");
		try (ConfigurableApplicationContext context = newApplication()
			.yaml("jobs.interval: $<secret:prod/jobs.interval>")
			.classes(Jobs.class)
			.run()) {
			Jobs jobs = context.getBean(Jobs.class);
			assertThat(jobs.indirect.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(jobs.direct.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	default void customizerWhenInBootstrapRegistryIsAppliedAtStart() {
		create("prod/token");
		AtomicInteger applied = new AtomicInteger();
		SecretsManagerClientCustomizer customizer = (builder) -> applied.incrementAndGet();
		try (ConfigurableApplicationContext context = newApplication().yaml("token: $<secret:prod/token>")
			.customize((application) -> application.addBootstrapRegistryInitializer((registry) -> registry
				.register(SecretsManagerClientCustomizer.class, InstanceSupplier.of(customizer))))
			.run()) {
			assertThat(applied).hasValue(1);
			assertThat(context.getBean(SecretsManagerClient.class)).isNotNull();
			assertThat(applied).hasValue(2);
		}
	}

	@Test
	default void refreshWhenSecretsAreUnchangedKeepsEverything() {
		create("prod/token", "prod/other", "prod/variable");
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				app:
				  token: $<secret:prod/token>
				  chained: ${app.token}
				  list: [plain, "$<secret:prod/other>"]
				""").variable("APP_VARIABLE", "$<secret:prod/variable>").run()) {
			Stream<String> before = ours(context);
			SecretsEnvironment secrets = SecretsMarker.find(context.getEnvironment());
			for (int i = 0; i < 2; i++) {
				Set<String> keys = context.getBean(ContextRefresher.class).refresh();
				assertThat(keys).isEmpty();
				assertProperty("prod/token", context, "app.token");
				assertProperty("prod/token", context, "app.chained");
				assertProperty("prod/other", context, "app.list[1]");
				assertProperty("prod/variable", context, "app.variable");
			}
			assertThat(ours(context)).containsExactlyElementsOf(before.toList());
			assertThat(SecretsMarker.find(context.getEnvironment())).isSameAs(secrets);
			// At the start, and for each refresh
			assertThat(secretsServer().calls()).hasSize(3);
		}
		assertThat(threads()).isEmpty();
	}

	@Test
	default void referenceWhenWrittenThroughActuatorIsRefused() {
		try (ConfigurableApplicationContext context = runWithToken()) {
			context.getBean(EnvironmentManager.class).setProperty("app.other", "$<secret:prod/token>");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.other"))
				.withMessageContaining("Not trusted")
				.withMessageContaining("'manager'");
			assertThat(secretsServer().calls()).isEmpty();
		}
	}

	@Test
	default void referenceWhenInSourceAddedLaterIsRefused() {
		try (ConfigurableApplicationContext context = runWithToken()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of("app.other", "$<secret:prod/token>")));
			context.publishEvent(new EnvironmentChangeEvent(context, Map.of("app.other", "").keySet()));
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.other"))
				.withMessageContaining("Not trusted");
			assertThat(secretsServer().calls()).isEmpty();
		}
	}

	@Test
	default void secretWhenChosenThroughActuatorIsRefused() {
		try (ConfigurableApplicationContext context = runWithToken()) {
			create("prod/other");
			context.getBean(EnvironmentManager.class).setProperty("app.name", "other");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.chosen"))
				.withMessageContaining("leads to property 'app.name' in property source 'manager'");
			assertThat(secretsServer().calls()).isEmpty();
		}
	}

	@Test
	default void plainValueWhenWrittenThroughActuatorWinsOverReference() {
		try (ConfigurableApplicationContext context = runWithToken()) {
			context.getBean(EnvironmentManager.class).setProperty("app.token", "plain");
			assertThat(context.getEnvironment().getProperty("app.token")).isEqualTo("plain");
		}
	}

	private ConfigurableApplicationContext runWithToken() {
		create("prod/token");
		ConfigurableApplicationContext context = newApplication().yaml("""
				app:
				  token: $<secret:prod/token>
				  chosen: $<secret:prod/${app.name:token}>
				""").run();
		secretsServer().clearCalls();
		return context;
	}

	/**
	 * Return the names of the sources that are ours: the twins and the marker.
	 */
	static Stream<String> ours(ConfigurableApplicationContext context) {
		return context.getEnvironment()
			.getPropertySources()
			.stream()
			.filter((source) -> source instanceof Twin || source.getName().contains(SecretsMarker.NAME))
			.map(PropertySource::getName);
	}

	private static Stream<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("aws-secrets-retrieval-"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	class Jobs {

		private final CountDownLatch indirect = new CountDownLatch(2);

		private final CountDownLatch direct = new CountDownLatch(2);

		@Scheduled(fixedRateString = "${jobs.interval}")
		void indirect() {
			this.indirect.countDown();
		}

		@Scheduled(fixedRateString = "$<secret:prod/jobs.interval>")
		void direct() {
			this.direct.countDown();
		}

	}

}
