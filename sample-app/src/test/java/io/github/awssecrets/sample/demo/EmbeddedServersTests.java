package io.github.awssecrets.sample.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedServers} where there is nothing to start.
 */
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedServersTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void prepareWhenProfileIsAwsLeavesSecretsToAws(CapturedOutput output) {
		this.environment.setActiveProfiles("aws");
		prepare(this.environment);
		assertThat(this.environment.getProperty("aws.secrets.endpoint")).isNull();
		assertThat(output).contains("Secrets come from AWS Secrets Manager, which must hold "
				+ "prod/db (host, port, dbname, username, password), "
				+ "dev/payment (api-key, key-id, webhook.key, merchant.id), prod/partner-token (text)");
	}

	@Test
	void prepareWhenEndpointIsSetKeepsIt(CapturedOutput output) {
		this.environment.withProperty("aws.secrets.endpoint", "http://localhost:4566").withProperty("app.env", "test");
		prepare(this.environment);
		assertThat(this.environment.getProperty("aws.secrets.endpoint")).isEqualTo("http://localhost:4566");
		assertThat(output).contains("Secrets come from http://localhost:4566, which must hold prod/db (")
			.contains("test/payment");
	}

	private void prepare(ConfigurableEnvironment environment) {
		new EmbeddedServers().onApplicationEvent(new ApplicationEnvironmentPreparedEvent(new DefaultBootstrapContext(),
				new SpringApplication(), new String[0], environment));
	}

}
