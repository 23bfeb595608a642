package io.github.awssecrets.embedded.junit;

import io.github.awssecrets.embedded.SecretsServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedSecrets @EmbeddedSecrets}.
 */
@EmbeddedSecrets(value = { "prod/db = {\"password\":\"x\"}", "prod/token = abc" }, region = "us-east-1")
class EmbeddedSecretsIntegrationTests {

	private final SecretsServer server;

	EmbeddedSecretsIntegrationTests(SecretsServer server) {
		this.server = server;
	}

	@Test
	void parameterIsTheServerOfTheClass(SecretsServer parameter) {
		assertThat(parameter).isSameAs(this.server);
		assertThat(parameter.names()).containsExactly("prod/db", "prod/token");
		assertThat(parameter.region()).isEqualTo("us-east-1");
	}

	@Test
	void rotateMakesANewCurrentVersion() {
		String before = this.server.versionId("prod/db");
		String version = this.server.rotate("prod/db", "password", "y");
		assertThat(this.server.versionId("prod/db")).isEqualTo(version).isNotEqualTo(before);
	}

}
