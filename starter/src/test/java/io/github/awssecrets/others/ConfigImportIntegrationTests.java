package io.github.awssecrets.others;

import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references beside {@code spring.config.import=configserver:}.
 */
class ConfigImportIntegrationTests extends ConfigClientIntegrationTests {

	@Override
	TestApplication withConfigServer(TestApplication application, String uri, boolean optional) {
		return application.arguments("--spring.config.import=" + (optional ? "optional:" : "") + "configserver:" + uri);
	}

	@Override
	String sourceName() {
		return "configserver:*";
	}

	@Override
	String place(String document, String position) {
		return document + ":" + position;
	}

	@Override
	String withPassword(TestApplication application, String uri, String password) {
		application.yaml("""
				spring:
				  config:
				    import: configserver:%s
				  cloud:
				    config:
				      username: client
				      password: %s
				""".formatted(uri, password));
		return "application.yml:7:17";
	}

	@Test
	void propertyWhenInDocumentAndOnCommandLineIsThatOfCommandLine() {
		configServer().write("orders.yml", """
				app:
				  plain: $<secret:none/shadowed>
				  reference: plain
				""");
		try (ConfigurableApplicationContext context = client()
			.arguments("--app.plain=plain", "--app.reference=$<secret:prod/token>")
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.plain")).isEqualTo("plain");
			assertSecret(context, "app.reference", "prod/token");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "vault", "consul", "zookeeper", "kubernetes" })
	void reportWhenSettingOfOtherClientIsReferenceSaysSo(String client, CapturedOutput output) {
		FailedStart start = FailedStart.of(client().yaml("""
				token: $<secret:prod/client.token>
				spring:
				  config:
				    import: "optional:%1$s:"
				  cloud:
				    %1$s:
				      token: ${token}
				""".formatted(client)), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.cloud.%1$s.token  in application.yml:7:14
				   A reference cannot stand here: spring.cloud.%1$s.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""".formatted(client));
	}

}
