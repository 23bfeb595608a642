package io.github.awssecrets.env;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the chapters of the acceptance suite need: whatever starts an application.
 */
interface AcceptanceFixture {

	/**
	 * Let an application start in the mode at hand.
	 */
	TestApplication inMode(TestApplication application);

	/**
	 * Return a new application that starts in the mode at hand, with the secrets of the
	 * server.
	 */
	default TestApplication newApplication() {
		return inMode(TestApplication.in(files(), secretsServer()));
	}

	SecretsServer secretsServer();

	Path files();

	/**
	 * Add secrets whose text is their canary value.
	 */
	default void create(String... ids) {
		for (String id : ids) {
			secretsServer().create(id, Canary.value(id, 1));
		}
	}

	default void assertSecret(String id, @Nullable Object actual) {
		assertThat(Canary.value(id, 1).equals(actual)).as("value of " + id).isTrue();
	}

	default void assertProperty(String id, ConfigurableApplicationContext context, String property) {
		assertSecret(id, context.getEnvironment().getProperty(property));
	}

}
