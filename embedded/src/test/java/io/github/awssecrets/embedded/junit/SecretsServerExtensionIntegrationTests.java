package io.github.awssecrets.embedded.junit;

import io.github.awssecrets.embedded.SecretsServer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretsServerExtension} as a static field.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsServerExtensionIntegrationTests {

	@RegisterExtension
	static final SecretsServerExtension secrets = SecretsServerExtension.withSecrets("prod/db = {\"password\":\"x\"}",
			"prod/token = abc");

	private static final int portBeforeAnyTest = secrets.server().port();

	@Test
	@Order(1)
	void serverIsTheOneThatWasStartedBeforeTheTests(SecretsServer server) {
		assertThat(server).isSameAs(secrets.server());
		assertThat(server.port()).isEqualTo(portBeforeAnyTest);
		assertThat(server.names()).containsExactly("prod/db", "prod/token");
		server.create("left/behind", "x");
	}

	@Test
	@Order(2)
	void serverIsTheSameForAllTestsOfTheClass() {
		assertThat(secrets.server().names()).contains("left/behind");
	}

	@Nested
	class InANestedClass {

		@Test
		void serverIsTheSame(SecretsServer server) {
			assertThat(server.port()).isEqualTo(portBeforeAnyTest);
		}

	}

}
