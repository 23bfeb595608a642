package io.github.awssecrets.env;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link EarlyProperties}.
 */
class EarlyPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "spring.config.import, spring.config.*", "spring.config.import[0], spring.config.*",
			"spring.profiles.active, spring.profiles.*", "spring.main.banner-mode, spring.main.*",
			"spring.cloud.bootstrap.location, spring.cloud.bootstrap.*", "logging.file.name, logging.*",
			"logging.level.root, logging.*", "aws.secrets.region, aws.secrets.*",
			"spring.cloud.config.password, spring.cloud.config.*",
			"spring.cloud.config.server.bootstrap, spring.cloud.config.server.bootstrap", "encrypt.key, encrypt.key",
			"encrypt.salt, encrypt.salt", "encrypt.fail-on-error, encrypt.fail-on-error",
			"encrypt.key-store.password, encrypt.key-store.*", "encrypt.rsa.salt, encrypt.rsa.*" })
	void groupOfWhenReadEarlyNamesGroup(String name, String group) {
		assertThat(groupOf(name, Map.of())).isEqualTo(group);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.cloud.config.server.git.password", "spring.cloud.vault.token",
			"spring.cloud.consul.token", "spring.cloud.zookeeper.auth-info", "spring.cloud.kubernetes.client.password",
			"spring.datasource.password", "encrypt", "encrypt.other", "loggings.file", "aws.secret.region",
			"spring.application.name" })
	void groupOfWhenReadLaterAnswersNull(String name) {
		assertThat(groupOf(name, Map.of())).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "spring.cloud.vault.token, spring.config.import, vault://",
			"spring.cloud.vault.token, spring.config.import[1], optional:vault:",
			"spring.cloud.consul.token, SPRING_CONFIG_IMPORT, optional:consul:",
			"spring.cloud.zookeeper.auth-info, spring.cloud.bootstrap.enabled, true",
			"spring.cloud.kubernetes.client.password, spring.config.import, kubernetes:" })
	void groupOfWhenClientIsUsedNamesGroup(String name, String setting, String value) {
		assertThat(groupOf(name, Map.of(setting.replace("SPRING_CONFIG_IMPORT", "spring.config.import"), value)))
			.isEqualTo(name.substring(0, name.indexOf('.', "spring.cloud.".length())) + ".*");
	}

	@Test
	void refuseReferencesWhenPlaceholderDoesNotFallToDefaultAcceptsIt() {
		StandardEnvironment environment = environment(
				Map.of("logging.file.name", "${log:$<secret:prod/log>}", "log", "app.log"));
		assertThatNoException()
			.isThrownBy(() -> EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment));
	}

	@Test
	void refuseReferencesWhenReferenceIsEscapedAcceptsIt() {
		StandardEnvironment environment = environment(Map.of("logging.file.name", "\\$<secret:prod/log>"));
		assertThatNoException()
			.isThrownBy(() -> EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment));
	}

	private static @Nullable String groupOf(String name, Map<String, Object> settings) {
		return EarlyProperties.of(environment(settings).getPropertySources())
			.groupOf(ConfigurationPropertyName.of(name));
	}

	private static StandardEnvironment environment(Map<String, Object> settings) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
		return environment;
	}

}
