package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the AWS client: how users change it, and what they get of it.
 */
class SecretsManagerClientIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void create() {
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@Test
	void clientWhenInjectedCallsRegionOfApplication() {
		try (ConfigurableApplicationContext context = application().yaml("a: b").run()) {
			assertThat(server.calls()).isEmpty();
			SecretsManagerClient client = context.getBean(SecretsManagerClient.class);
			String token = client.getSecretValue((request) -> request.secretId("prod/token")).secretString();
			assertThat(token.equals(Canary.value("prod/token", 1))).isTrue();
		}
	}

	@Test
	void clientWhenUserHasOneBacksOff() {
		try (ConfigurableApplicationContext context = application().yaml("token: $<secret:prod/token>")
			.classes(OwnClient.class)
			.run()) {
			assertThat(context.getBean(SecretsManagerClient.class).serviceClientConfiguration().region())
				.isEqualTo(Region.AP_SOUTH_1);
			assertThat(context.getEnvironment().getProperty("token").equals(Canary.value("prod/token", 1))).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		SecretsManagerClient ownClient() {
			return SecretsManagerClient.builder().region(Region.AP_SOUTH_1).build();
		}

	}

}
