package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.Gate;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The acceptance suite without a bootstrap context, as Spring Boot starts by default.
 */
class ConfigDataModeIntegrationTests extends AbstractAcceptanceTests {

	@Test
	void referencesWhenOfClientThatIsNotUsedResolve() {
		create("prod/vault");
		try (ConfigurableApplicationContext context = newApplication()
			.yaml("spring.cloud.vault.token: $<secret:prod/vault>")
			.run()) {
			assertProperty("prod/vault", context, "spring.cloud.vault.token");
		}
	}

	@Test
	void refreshWhenFileWasEditedFollowsIt() throws IOException {
		create("prod/token", "prod/new");
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time).yaml("""
				app:
				  password: $<secret:prod/token>
				  gone: $<secret:prod/token>
				""").run()) {
			Files.writeString(files().resolve("application.yml"), """
					app:
					  password: $<secret:prod/new>
					  gone: plain
					""", StandardCharsets.UTF_8);
			assertThat(context.getBean(ContextRefresher.class).refresh()).contains("app.password", "app.gone");
			assertProperty("prod/new", context, "app.password");
			assertThat(context.getEnvironment().getProperty("app.gone")).isEqualTo("plain");
			secretsServer().put("prod/new", Canary.value("prod/new", 2));
			secretsServer().clearCalls();
			time.advance(RotationCases.INTERVAL);
			RotationCases.assertRotated("prod/new", context.getBean(RotationBeans.App.class).getPassword());
			assertThat(secretsServer().calls().toString()).doesNotContain("prod/token");
		}
	}

	@Test
	void refreshWhenFileGotReferenceNeverShowsItsText() throws Exception {
		create("prod/new");
		try (ConfigurableApplicationContext context = watched(new DrivenTime()).yaml("app.user: plain").run();
				Gate gate = secretsServer().gate("GetSecretValue")) {
			Files.writeString(files().resolve("application.yml"), "app.user: $<secret:prod/new>",
					StandardCharsets.UTF_8);
			CompletableFuture<Set<String>> refresh = CompletableFuture
				.supplyAsync(() -> context.getBean(ContextRefresher.class).refresh());
			assertThat(gate.await(1, Duration.ofSeconds(30))).isTrue();
			CompletableFuture<String> read = CompletableFuture
				.supplyAsync(() -> context.getEnvironment().getProperty("app.user"));
			gate.release();
			assertThat(Canary.value("prod/new", 1).equals(read.get(30, TimeUnit.SECONDS))).isTrue();
			assertThat(refresh.get(30, TimeUnit.SECONDS)).containsExactly("app.user");
		}
	}

	@Test
	void refreshWhenFileWasEditedAndSecretRotatedGivesBeanBoth() throws IOException {
		create("prod/token");
		try (ConfigurableApplicationContext context = watched(new DrivenTime()).yaml("""
				app:
				  user: one
				  password: $<secret:prod/token>
				""").run()) {
			Files.writeString(files().resolve("application.yml"), """
					app:
					  user: two
					  password: $<secret:prod/token>
					""", StandardCharsets.UTF_8);
			secretsServer().put("prod/token", Canary.value("prod/token", 2));
			assertThat(context.getBean(ContextRefresher.class).refresh()).containsOnly("app.user", "app.password");
			RotationBeans.App bean = context.getBean(RotationBeans.App.class);
			RotationCases.assertRotated("prod/token", bean.getPassword());
			assertThat(bean.getUser()).isEqualTo("two");
		}
	}

	@Test
	void refreshWhenFileCannotBeLoadedChangesNothing() throws IOException {
		create("prod/token");
		try (ConfigurableApplicationContext context = watched(new DrivenTime())
			.yaml("app.password: $<secret:prod/token>")
			.run()) {
			Files.writeString(files().resolve("application.yml"), "app: [", StandardCharsets.UTF_8);
			ContextRefresher refresher = context.getBean(ContextRefresher.class);
			assertThatException().isThrownBy(refresher::refresh);
			assertProperty("prod/token", context, "app.password");
			Files.writeString(files().resolve("application.yml"), "app.user: plain", StandardCharsets.UTF_8);
			assertThat(refresher.refresh()).containsExactlyInAnyOrder("app.password", "app.user");
			assertThat(context.getBean(RotationBeans.App.class).getUser()).isEqualTo("plain");
		}
	}

	@Test
	void refreshWhenImportWasRemovedTakesItsPropertiesAway() throws IOException {
		secretsServer().create("prod/db", Canary.json("prod/db", 1, "password"));
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = watched(time)
			.yaml("spring.config.import: \"secret:prod/db?prefix=app.\"")
			.run()) {
			assertProperty("prod/db.password", context, "app.password");
			Files.writeString(files().resolve("application.yml"), "x: y\n", StandardCharsets.UTF_8);
			assertThat(context.getBean(ContextRefresher.class).refresh()).contains("app.password", "x");
			assertThat(context.getEnvironment().getProperty("app.password")).isNull();
			secretsServer().clearCalls();
			time.advance(RotationCases.INTERVAL.multipliedBy(2));
			assertThat(secretsServer().calls()).isEmpty();
		}
	}

}
