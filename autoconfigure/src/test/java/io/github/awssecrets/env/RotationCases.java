package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.refresh.SecretRotationRejectedEvent;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScopeRefreshedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Chapter on rotations: how new versions reach an application that runs, and what does
 * not.
 */
interface RotationCases extends AcceptanceFixture {

	Duration INTERVAL = Duration.ofSeconds(60);

	@Test
	default void rotationWhenPolledReachesEnvironmentAndBeans() {
		secretsServer().create("prod/db", Canary.json("prod/db", 1, "user", "password"));
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("""
				app:
				  user: $<secret:prod/db.user>
				  password: $<secret:prod/db.password>
				  url: db://${app.password}@host
				  plain: text
				""").run()) {
			Events events = context.getBean(Events.class);
			rotate("prod/db", "password");
			time.advance(INTERVAL);
			assertThat(events.keys).containsExactly(Set.of("app.password", "app.url"));
			assertThat(events.refreshes).hasValue(1);
			assertThat(events.rotated).singleElement().satisfies((event) -> {
				assertThat(event.secretId()).isEqualTo("prod/db");
				assertThat(event.newVersionId()).isEqualTo(secretsServer().versionId("prod/db"))
					.isNotEqualTo(event.oldVersionId());
				assertThat(event.properties()).containsExactlyInAnyOrder("app.password", "app.url");
			});
			assertRotated("prod/db.password", context.getEnvironment().getProperty("app.password"));
			assertRotated("prod/db.password", context.getBean(RotationBeans.Scoped.class).getPassword());
			assertRotated("prod/db.password", context.getBean(RotationBeans.App.class).getPassword());
			assertSecret("prod/db.user", context.getBean(RotationBeans.App.class).getUser());
		}
	}

	@Test
	default void rotationsWhenInOnePollAreOneRefresh() {
		StringBuilder yaml = new StringBuilder("app:\n");
		for (int i = 0; i < 5; i++) {
			create("app/secret" + i);
			yaml.append("  secret%1$d: $<secret:app/secret%1$d>%n".formatted(i));
		}
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml(yaml.toString()).run()) {
			Events events = context.getBean(Events.class);
			time.advance(INTERVAL.multipliedBy(3));
			assertThat(events.refreshes).hasValue(0);
			assertThat(events.keys).isEmpty();
			for (int i = 0; i < 5; i++) {
				secretsServer().put("app/secret" + i, Canary.value("app/secret" + i, 2));
			}
			time.advance(INTERVAL);
			assertThat(events.refreshes).hasValue(1);
			assertThat(events.keys).hasSize(1);
			assertThat(events.keys.get(0)).hasSize(5);
			assertThat(events.rotated).hasSize(5);
			time.advance(INTERVAL.multipliedBy(3));
			assertThat(events.refreshes).hasValue(1);
		}
	}

	@Test
	default void rotationWhenOneReferenceHasNoValueReachesTheOthers() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("""
				app:
				  password: $<secret:prod/token>
				  bad: $<secret:none/bad>
				  shadowed: $<secret:none/shadowed>
				""").arguments("--aws.secrets.fail-fast=false", "--app.shadowed=plain").run()) {
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL);
			assertThat(context.getBean(Events.class).keys).containsExactly(Set.of("app.password"));
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.bad"));
			assertThat(secretsServer().calls().toString()).doesNotContain("shadowed");
		}
	}

	@Test
	default void refreshWhenAskedForRetrievesAgain() {
		create("prod/token");
		try (ConfigurableApplicationContext context = watched(new DrivenTime())
			.yaml("app.password: $<secret:prod/token>")
			.run()) {
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			assertThat(context.getBean(ContextRefresher.class).refresh()).containsExactly("app.password");
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
			assertThat(context.getBean(Events.class).rotated).hasSize(1);
			secretsServer().faults().add(Fault.denied());
			secretsServer().put("prod/token", Canary.value("prod/token", 3));
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
		}
	}

	@Test
	default void rotationWhenKeyIsGoneIsRejected() {
		secretsServer().create("prod/db", Canary.json("prod/db", 1, "user", "password"));
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("app.password: $<secret:prod/db.password>")
			.run()) {
			secretsServer().put("prod/db", Canary.json("prod/db", 2, "user"));
			time.advance(INTERVAL.multipliedBy(2));
			Events events = context.getBean(Events.class);
			assertThat(events.refreshes).hasValue(0);
			assertThat(events.rejected).singleElement()
				.satisfies((event) -> assertThat(event.reason()).isEqualTo("key 'password' is gone"));
			assertSecret("prod/db.password", context.getEnvironment().getProperty("app.password"));
		}
	}

	@Test
	default void rotationWhenBeanWouldBeInvalidIsRejected() {
		create("prod/token", "prod/other");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("""
				app.password: $<secret:prod/token>
				other: $<secret:prod/other>
				""").run()) {
			secretsServer().put("prod/token", "short");
			secretsServer().put("prod/other", Canary.value("prod/other", 2));
			time.advance(INTERVAL.multipliedBy(2));
			Events events = context.getBean(Events.class);
			assertThat(events.rejected).singleElement().satisfies((event) -> {
				assertThat(event.secretId()).isEqualTo("prod/token");
				assertThat(event.reason()).isEqualTo("the properties under 'app' cannot be bound or are invalid");
			});
			assertSecret("prod/token", context.getEnvironment().getProperty("app.password"));
			assertSecret("prod/token", context.getBean(RotationBeans.App.class).getPassword());
			assertThat(events.keys).containsExactly(Set.of("other"));
		}
	}

	@Test
	default void rotationWhenBeanWouldBeInvalidByVariableIsTakenBack() {
		create("prod/token", "prod/other");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("other: $<secret:prod/other>")
			.variable("APP_PASSWORD", "$<secret:prod/token>")
			.run()) {
			secretsServer().put("prod/token", "short");
			secretsServer().put("prod/other", Canary.value("prod/other", 2));
			time.advance(INTERVAL.multipliedBy(2));
			Events events = context.getBean(Events.class);
			assertThat(events.rejected).singleElement().satisfies((event) -> {
				assertThat(event.secretId()).isEqualTo("prod/token");
				assertThat(event.reason()).isEqualTo("the properties under 'app' cannot be bound or are invalid");
			});
			assertThat(events.rotated).singleElement()
				.satisfies((event) -> assertThat(event.secretId()).isEqualTo("prod/other"));
			assertSecret("prod/token", context.getEnvironment().getProperty("app.password"));
			assertSecret("prod/token", context.getBean(RotationBeans.App.class).getPassword());
			assertSecret("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
			assertThat(events.keys).containsExactly(Set.of("other"));
			assertThat(events.refreshes).hasValue(1);
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL);
			assertRotated("prod/token", context.getBean(RotationBeans.App.class).getPassword());
		}
	}

	@Test
	default void rotationWhenBeforeReadinessIsAppliedThen() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("app.password: $<secret:prod/token>")
			.customize((application) -> application.addInitializers((starting) -> starting.getBeanFactory()
				.registerSingleton("early", (ApplicationRunner) (arguments) -> {
					secretsServer().put("prod/token", Canary.value("prod/token", 2));
					time.advance(INTERVAL);
				})))
			.run()) {
			assertThat(context.getBean(Events.class).refreshes).hasValue(1);
			assertRotated("prod/token", context.getBean(RotationBeans.App.class).getPassword());
		}
	}

	@Test
	default void rotationWhenImportedAddsKeysAndLosesNone() {
		secretsServer().create("prod/db", Canary.json("prod/db", 1, "password"));
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time)
			.yaml("spring.config.import: \"secret:prod/db?prefix=app.\"")
			.run()) {
			secretsServer().put("prod/db", Canary.json("prod/db", 2, "password", "user"));
			time.advance(INTERVAL);
			Events events = context.getBean(Events.class);
			assertThat(events.keys).containsExactly(Set.of("app.password", "app.user"));
			assertRotated("prod/db.user", context.getBean(RotationBeans.App.class).getUser());
			assertRotated("prod/db.password", context.getBean(RotationBeans.App.class).getPassword());
			secretsServer().put("prod/db", Canary.json("prod/db", 3, "password"));
			time.advance(INTERVAL);
			assertThat(events.rejected).hasSize(1);
			assertRotated("prod/db.user", context.getEnvironment().getProperty("app.user"));
		}
	}

	@Test
	default void rotationWhenReferencedByVariableReachesBeans() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("x: y")
			.variable("APP_PASSWORD", "$<secret:prod/token>")
			.run()) {
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL);
			assertThat(context.getBean(Events.class).keys).containsExactly(Set.of("APP_PASSWORD"));
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
			assertRotated("prod/token", context.getBean(RotationBeans.App.class).getPassword());
			assertRotated("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
		}
	}

	@Test
	default void rotationWhenListenerFailsIsAppliedLater() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("app.password: $<secret:prod/token>").run()) {
			Events events = context.getBean(Events.class);
			events.failures.set(1);
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL);
			time.advance(INTERVAL);
			assertThat(events.keys).containsExactly(Set.of("app.password"), Set.of("app.password"));
			assertThat(events.refreshes).hasValue(1);
			assertThat(events.rotated).hasSize(1);
			assertRotated("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
			time.advance(INTERVAL.multipliedBy(3));
			assertThat(events.keys).hasSize(2);
		}
	}

	@Test
	default void rotationWhenThereIsNoRefresherIsAppliedDirectly() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = newApplication().watched(time)
			.classes(PlainBeans.class)
			.yaml("app.password: $<secret:prod/token>")
			.arguments("--spring.cloud.refresh.enabled=false")
			.run()) {
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL);
			assertThat(context.getBean(Events.class).keys).containsExactly(Set.of("app.password"));
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
			assertRotated("prod/token", context.getBean(RotationBeans.App.class).getPassword());
			assertThat(context.getBean(Events.class).rotated).hasSize(1);
		}
	}

	@Test
	default void rotationWhenOnlyReadByAnnotationIsFollowed() {
		create("prod/token");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = newApplication().watched(time)
			.classes(AnnotatedBeans.class)
			.run()) {
			assertSecret("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			time.advance(INTERVAL.multipliedBy(2));
			assertRotated("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
		}
	}

	@Test
	default void rotationWhenFileOfSecretsIsEditedIsFollowed() throws IOException {
		Path file = Files.writeString(files().resolve("secrets.yml"),
				"prod/token: '%s'%n".formatted(Canary.value("prod/token", 1)));
		DrivenTime time = new DrivenTime();
		// Without the server, as one excludes the other
		try (ConfigurableApplicationContext context = inMode(TestApplication.in(files())).watched(time)
			.classes(Beans.class)
			.arguments("--aws.secrets.local=" + file.toUri())
			.yaml("app.password: $<secret:prod/token>")
			.run()) {
			assertSecret("prod/token", context.getEnvironment().getProperty("app.password"));
			Files.writeString(file, "prod/token: '%s'%n".formatted(Canary.value("prod/token", 2)));
			time.advance(INTERVAL);
			assertThat(context.getBean(Events.class).keys).containsExactly(Set.of("app.password"));
			assertRotated("prod/token", context.getBean(RotationBeans.Scoped.class).getPassword());
			Files.writeString(file, "prod/token: [");
			time.advance(INTERVAL);
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
			assertRotated("prod/token", context.getEnvironment().getProperty("app.password"));
		}
	}

	default TestApplication watched(DrivenTime time) {
		return newApplication().watched(time).classes(Beans.class);
	}

	private void rotate(String id, String key) {
		secretsServer().rotate(id, key, Canary.value(id + "." + key, 2));
	}

	static void assertRotated(String id, String actual) {
		assertThat(Canary.value(id, 2).equals(actual)).as("value of " + id).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	class Beans extends PlainBeans {

		@Bean
		@RefreshScope
		RotationBeans.Scoped scoped(@Value("${app.password:}") String password) {
			return new RotationBeans.Scoped(password);
		}

	}

	@Configuration(proxyBeanMethods = false)
	class AnnotatedBeans extends PlainBeans {

		@Bean
		@RefreshScope
		RotationBeans.Scoped scoped(@Value("$<secret:prod/token>") String password) {
			return new RotationBeans.Scoped(password);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(RotationBeans.App.class)
	class PlainBeans {

		@Bean
		Events events() {
			return new Events();
		}

	}

	class Events {

		final List<Set<String>> keys = new ArrayList<>();

		final AtomicInteger refreshes = new AtomicInteger();

		final AtomicInteger failures = new AtomicInteger();

		final List<SecretRotatedEvent> rotated = new ArrayList<>();

		final List<SecretRotationRejectedEvent> rejected = new ArrayList<>();

		@EventListener
		void on(EnvironmentChangeEvent event) {
			this.keys.add(event.getKeys());
			if (this.failures.getAndDecrement() > 0) {
				throw new IllegalStateException("Failing on purpose");
			}
		}

		@EventListener
		void on(RefreshScopeRefreshedEvent event) {
			this.refreshes.incrementAndGet();
		}

		@EventListener
		void on(SecretRotatedEvent event) {
			this.rotated.add(event);
		}

		@EventListener
		void on(SecretRotationRejectedEvent event) {
			this.rejected.add(event);
		}

	}

}
