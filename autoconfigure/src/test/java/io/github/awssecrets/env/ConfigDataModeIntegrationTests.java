package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

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
