package io.github.awssecrets.env;

import java.nio.file.Path;
import java.util.Map;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.environment.EnvironmentManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of references that are written while the application runs.
 */
class RuntimeChangesIntegrationTests {

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
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@Test
	void referenceWhenWrittenThroughActuatorIsRefused() {
		try (ConfigurableApplicationContext context = run()) {
			server.clearCalls();
			context.getBean(EnvironmentManager.class).setProperty("app.other", "$<secret:prod/token>");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.other"))
				.withMessageContaining("Not trusted")
				.withMessageContaining("'manager'");
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void referenceWhenInSourceAddedLaterIsRefused() {
		try (ConfigurableApplicationContext context = run()) {
			server.clearCalls();
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("late", Map.of("app.other", "$<secret:prod/token>")));
			context.publishEvent(new EnvironmentChangeEvent(context, Map.of("app.other", "").keySet()));
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.other"))
				.withMessageContaining("Not trusted");
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void secretWhenChosenThroughActuatorIsRefused() {
		server.create("prod/other", Canary.value("prod/other", 1));
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("app.token: $<secret:prod/${app.name:token}>")
			.run()) {
			server.clearCalls();
			context.getBean(EnvironmentManager.class).setProperty("app.name", "other");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> context.getEnvironment().getProperty("app.token"))
				.withMessageContaining("leads to property 'app.name' in property source 'manager'");
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void plainValueWhenWrittenThroughActuatorWinsOverReference() {
		try (ConfigurableApplicationContext context = run()) {
			context.getBean(EnvironmentManager.class).setProperty("app.token", "plain");
			assertThat(context.getEnvironment().getProperty("app.token")).isEqualTo("plain");
		}
	}

	private ConfigurableApplicationContext run() {
		return TestApplication.in(this.directory, server).yaml("app.token: $<secret:prod/token>").run();
	}

}
