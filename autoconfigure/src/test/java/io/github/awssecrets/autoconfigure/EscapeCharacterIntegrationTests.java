package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractPropertyResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that change Spring's escape character for placeholders.
 */
class EscapeCharacterIntegrationTests extends AbstractApplicationTests {

	private static final String NAME = AbstractPropertyResolver.DEFAULT_PLACEHOLDER_ESCAPE_CHARACTER_PROPERTY_NAME;

	@BeforeEach
	void create() {
		server.create("prod/db", Canary.value("prod/db", 1));
	}

	@AfterEach
	void restore() {
		SpringProperties.setProperty(NAME, null);
	}

	@Test
	void reportWhenCharacterIsChangedNamesSetting(CapturedOutput output) {
		SpringProperties.setProperty(NAME, "~");
		FailedStart start = FailedStart.of(application("$<secret:prod/db>"), output);
		assertThat(start.report()).isEqualTo(
				"""
						spring.placeholder.escapeCharacter.default is set. Spring Boot's Binder escapes placeholders with a backslash all the same, so that a secret with '${' in it could not reach every reader unchanged.

						Action:

						Remove the setting from the system properties and from spring.properties.
						""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenCharacterIsRemovedNamesSetting(CapturedOutput output) {
		SpringProperties.setProperty(NAME, "");
		FailedStart start = FailedStart.of(application("$<secret:prod/db>"), output);
		assertThat(start.report()).startsWith("spring.placeholder.escapeCharacter.default is set. ");
	}

	@Test
	void runWhenCharacterIsTheDefaultStarts() {
		SpringProperties.setProperty(NAME, "\\");
		try (ConfigurableApplicationContext context = application("$<secret:prod/db>").run()) {
			assertThat(Canary.value("prod/db", 1).equals(context.getEnvironment().getProperty("a"))).isTrue();
		}
	}

	@Test
	void runWhenCharacterIsChangedWithoutReferencesStarts() {
		SpringProperties.setProperty(NAME, "~");
		try (ConfigurableApplicationContext context = application("text").run()) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("text");
		}
	}

	private TestApplication application(String text) {
		return application().yaml("a: " + text);
	}

}
