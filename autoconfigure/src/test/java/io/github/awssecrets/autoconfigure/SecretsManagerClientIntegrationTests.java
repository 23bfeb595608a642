package io.github.awssecrets.autoconfigure;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the AWS client: how users change it, and what they get of it.
 */
class SecretsManagerClientIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.reset();
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@Test
	void customizerWhenInBootstrapRegistryIsAppliedAtStart() {
		AtomicInteger applied = new AtomicInteger();
		SecretsManagerClientCustomizer customizer = (builder) -> applied.incrementAndGet();
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("token: $<secret:prod/token>")
			.customize((application) -> application.addBootstrapRegistryInitializer((registry) -> registry
				.register(SecretsManagerClientCustomizer.class, InstanceSupplier.of(customizer))))
			.run()) {
			assertThat(applied).hasValue(1);
			assertThat(context.getBean(SecretsManagerClient.class)).isNotNull();
			assertThat(applied).hasValue(2);
		}
	}

	@Test
	void clientWhenInjectedCallsRegionOfApplication() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server).yaml("a: b").run()) {
			assertThat(server.calls()).isEmpty();
			SecretsManagerClient client = context.getBean(SecretsManagerClient.class);
			String token = client.getSecretValue((request) -> request.secretId("prod/token")).secretString();
			assertThat(token.equals(Canary.value("prod/token", 1))).isTrue();
		}
	}

	@Test
	void clientWhenUserHasOneBacksOff() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("token: $<secret:prod/token>")
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
