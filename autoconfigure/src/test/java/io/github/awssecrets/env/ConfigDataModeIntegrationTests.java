package io.github.awssecrets.env;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

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

}
