package io.github.awssecrets.env;

import java.nio.file.Path;
import java.util.List;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.context.encrypt.EncryptorFactory;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references side by side with the encrypted properties of Spring Cloud.
 */
class CipherIntegrationTests {

	private static final String KEY = "a key of the test";

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
	void referencesWhenBesideEncryptedPropertiesBothResolve() {
		String token = Canary.value("prod/token", 1);
		server.create("prod/token", token);
		server.create("prod/odd", "{cipher}" + token);
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server).yaml("""
				encrypt.key: %s
				app:
				  encrypted: "%s"
				  token: $<secret:prod/token>
				  odd: $<secret:prod/odd>
				  list:
				    - "%s"
				    - $<secret:prod/token>
				    - plain
				  chained: ${app.encrypted}/${app.token}
				""".formatted(KEY, encrypt("one"), encrypt("two"))).run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("one");
			assertThat(token.equals(context.getEnvironment().getProperty("app.token"))).isTrue();
			assertThat(("{cipher}" + token).equals(context.getEnvironment().getProperty("app.odd"))).isTrue();
			assertThat(("one/" + token).equals(context.getEnvironment().getProperty("app.chained"))).isTrue();
			List<String> list = Binder.get(context.getEnvironment())
				.bind("app.list", Bindable.listOf(String.class))
				.get();
			assertThat(list).hasSize(3).startsWith("two").endsWith("plain");
			assertThat(token.equals(list.get(1))).isTrue();
		}
	}

	private static String encrypt(String text) {
		return "{cipher}" + new EncryptorFactory().create(KEY).encrypt(text);
	}

}
