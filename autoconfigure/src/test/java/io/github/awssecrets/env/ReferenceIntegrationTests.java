package io.github.awssecrets.env;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that reads references, from its configuration to the answer of
 * a server.
 */
class ReferenceIntegrationTests {

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
	}

	@Test
	void getPropertyWhenReferenceAnswersWithKeyOfSecret() {
		String password = Canary.value("prod/db", 1);
		server.create("prod/db", "{\"username\":\"app\",\"password\":%s}".formatted(quote(password)));
		try (ConfigurableApplicationContext context = application().yaml("""
				spring:
				  datasource:
				    username: $<secret:prod/db.username>
				    password: $<secret:prod/db.password>
				chained: jdbc-${spring.datasource.password}
				""").classes(Holder.class).run()) {
			assertThat(context.getEnvironment().getProperty("spring.datasource.password")).isEqualTo(password);
			assertThat(context.getEnvironment().getProperty("chained")).isEqualTo("jdbc-" + password);
			assertThat(context.getBean(Holder.class).direct).isEqualTo(password);
			assertThat(context.getBean(Holder.class).indirect).isEqualTo(password);
			assertThat(server.calls()).hasSize(1);
		}
	}

	private static String quote(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

	private TestApplication application() {
		return TestApplication.in(this.directory, server);
	}

	static class Holder {

		@Value("$<secret:prod/db.password>")
		private String direct;

		@Value("${spring.datasource.password}")
		private String indirect;

	}

}
