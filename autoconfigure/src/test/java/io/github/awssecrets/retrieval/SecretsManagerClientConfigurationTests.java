package io.github.awssecrets.retrieval;

import java.net.URI;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretsManagerClientConfiguration}.
 */
class SecretsManagerClientConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsManagerClientConfiguration.class))
		.withBean(RetrievalSettings.class,
				() -> RetrievalSettings.defaults().at("eu-west-1", URI.create("http://localhost:1")));

	@Test
	void clientHasSettingsAndCustomizers() {
		this.runner
			.withBean(SecretsManagerClientCustomizer.class,
					() -> (builder) -> builder.endpointOverride(URI.create("http://localhost:2")))
			.run((context) -> {
				SecretsManagerClient client = context.getBean(SecretsManagerClient.class);
				assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
				assertThat(client.serviceClientConfiguration().endpointOverride())
					.contains(URI.create("http://localhost:2"));
			});
	}

	@Test
	void clientIsNotCreatedBeforeItIsAskedFor() {
		this.runner.withBean(SecretsManagerClientCustomizer.class, () -> (builder) -> {
			throw new IllegalStateException("created");
		}).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.containsBean("secretsManagerClient")).isTrue();
			assertThat(context.getBeanFactory().containsSingleton("secretsManagerClient")).isFalse();
		});
	}

	@Test
	void clientBacksOffToTheApplicationsOwn() {
		SecretsManagerClient own = SecretsManagerClient.builder().region(Region.US_EAST_1).build();
		this.runner.withBean("own", SecretsManagerClient.class, () -> own)
			.run((context) -> assertThat(context).getBean(SecretsManagerClient.class).isSameAs(own));
	}

}
