package io.github.awssecrets.others;

import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references beside a config client in the bootstrap context.
 */
class ConfigBootstrapIntegrationTests extends ConfigClientIntegrationTests {

	@Override
	TestApplication withConfigServer(TestApplication application, String uri, boolean optional) {
		return application.arguments("--spring.cloud.bootstrap.enabled=true", "--spring.cloud.config.uri=" + uri,
				"--spring.cloud.config.fail-fast=" + !optional);
	}

	@Override
	String sourceName() {
		return "bootstrapProperties-*";
	}

	@Override
	String place(String document, String position) {
		// Spring Cloud wraps the source in one that knows no positions
		return document;
	}

	@Override
	String withPassword(TestApplication application, String uri, String password) {
		application.arguments("--spring.cloud.bootstrap.enabled=true", "--spring.cloud.config.uri=" + uri).yaml("""
				spring:
				  cloud:
				    config:
				      username: client
				      password: %s
				""".formatted(password));
		return "application.yml:5:17";
	}

	@Test
	void propertyWhenInDocumentAndOnCommandLineIsThatOfDocument() {
		configServer().write("orders.yml", """
				app:
				  plain: plain
				  reference: $<secret:prod/token>
				""");
		try (ConfigurableApplicationContext context = client()
			.arguments("--app.plain=$<secret:none/shadowed>", "--app.reference=plain")
			.run()) {
			assertThat(context.getEnvironment().getProperty("app.plain")).isEqualTo("plain");
			assertSecret(context, "app.reference", "prod/token");
		}
	}

}
