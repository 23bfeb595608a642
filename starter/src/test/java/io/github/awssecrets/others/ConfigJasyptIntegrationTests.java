package io.github.awssecrets.others;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references beside a config client and Jasypt together.
 */
class ConfigJasyptIntegrationTests {

	@RegisterExtension
	private static final SecretsServerExtension extension = SecretsServerExtension.withSecrets();

	private final SecretsServer secrets = extension.server();

	@Test
	void documentWhenItHoldsReferencesAndEncryptedPropertiesResolvesBoth(@TempDir Path directory,
			@TempDir Path serverDirectory) {
		this.secrets.create("prod/token", Canary.value("prod/token", 1));
		try (ConfigServer server = ConfigServer.start(serverDirectory)) {
			server.write("orders.yml", document("one"));
			try (ConfigurableApplicationContext context = TestApplication.in(directory, this.secrets)
				.arguments("--spring.application.name=orders", "--spring.cloud.config.enabled=true",
						"--spring.config.import=configserver:" + server.uri(),
						"--jasypt.encryptor.password=" + Encrypted.KEY)
				.run()) {
				assertResolved(context, "one");
				server.write("orders.yml", document("two"));
				context.getBean(ContextRefresher.class).refresh();
				assertResolved(context, "two");
			}
		}
	}

	private static String document(String text) {
		return """
				app:
				  encrypted: %s
				  list:
				    - %s
				    - $<secret:prod/token>
				  both: ${app.encrypted}/${app.list[1]}
				""".formatted(Encrypted.of(text), Encrypted.of(text));
	}

	private static void assertResolved(ConfigurableApplicationContext context, String text) {
		String token = Canary.value("prod/token", 1);
		assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo(text);
		assertThat(context.getEnvironment().getProperty("app.list[0]")).isEqualTo(text);
		assertThat(token.equals(context.getEnvironment().getProperty("app.list[1]"))).isTrue();
		assertThat((text + "/" + token).equals(context.getEnvironment().getProperty("app.both"))).isTrue();
	}

}
