package io.github.awssecrets.connection;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a container in a static field, whose connection is known before anything reads
 * a reference. It wins over the settings, which would lead nowhere.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "token=$<secret:prod/token>", "aws.secrets.region=us-east-1", "aws.secrets.profile=nowhere",
				"aws.secrets.endpoint=http://127.0.0.1:1", "aws.secrets.watch.enabled=false" })
class ContainerFieldIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@ServiceConnection
	private static final StubContainer container = StubContainer.at(server.endpoint());

	static {
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@Autowired
	private Environment environment;

	@Autowired
	private SecretsManagerClient client;

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void referenceIsAnsweredByTheContainer() {
		assertThat(Canary.value("prod/token", 1).equals(this.environment.getProperty("token"))).isTrue();
		assertThat(container.events()).startsWith("started", "asked").doesNotContain("stopped");
	}

	@Test
	void clientOfTheApplicationCallsTheContainer() {
		String value = this.client.getSecretValue((request) -> request.secretId("prod/token")).secretString();
		assertThat(Canary.value("prod/token", 1).equals(value)).isTrue();
		assertThat(server.calls()).extracting(Call::region).containsOnly("eu-west-1");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
