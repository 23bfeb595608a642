package io.github.awssecrets.env;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
	void refuseReferencesWhenSeveralAreReadEarlyNamesThemAll() {
		StandardEnvironment environment = environment(
				Map.of("logging.file.name", "$<secret:prod/log>", "spring.profiles.active", "${profile}", "profile",
						"$<secret:prod/profile>", "spring.main.bannerMode", "$<secret:broken", "logging.level.a",
						"${missing}$<secret:prod/log>", "app.name", "$<secret:prod/name>"));
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment))
			.satisfies((ex) -> assertThat(ex.getProblems()).extracting(ReferenceProblem::property)
				.containsExactlyInAnyOrder("logging.file.name", "spring.profiles.active", "spring.main.bannerMode"));
	}

	@Test
	void refuseReferencesOfConfigDataWhenOthersAreReadEarlyAcceptsThem() {
		StandardEnvironment environment = environment(
				Map.of("logging.file.name", "$<secret:prod/log>", "aws.secrets.region", "$<secret:prod/region>"));
		assertThatNoException().isThrownBy(() -> EarlyProperties.ofConfigData().refuseReferences(environment));
		StandardEnvironment refused = environment(Map.of("spring.profiles.active", "$<secret:prod/profile>"));
		assertThatExceptionOfType(UnresolvedReferenceException.class)
			.isThrownBy(() -> EarlyProperties.ofConfigData().refuseReferences(refused))
			.withMessageContaining("spring.profiles.*");
	}

	@Test
	void refuseReferencesWhenReferenceIsEscapedAcceptsIt() {
		StandardEnvironment environment = environment(Map.of("logging.file.name", "\\$<secret:prod/log>"));
		assertThatNoException()
			.isThrownBy(() -> EarlyProperties.of(environment.getPropertySources()).refuseReferences(environment));
	}

	@ParameterizedTest
	@CsvSource({ "configserver:http://localhost, spring.cloud.config.password, spring.cloud.config.*",
			"optional:configserver:, spring.cloud.config.server.git.uri, ",
			"vault:, spring.cloud.vault.token, spring.cloud.vault.*",
			"optional:consul:, spring.cloud.consul.token, spring.cloud.consul.*",
			"zookeeper:, spring.cloud.consul.token, ", "kubernetes:, logging.file.name, " })
	void groupOfWhenClientLoadsConfigDataNamesOnlyItsOwn(String location, String name, @Nullable String group) {
		EarlyProperties client = EarlyProperties.ofClient(ConfigDataLocation.of(location));
		assertThat(client).isNotNull();
		assertThat(client.groupOf(ConfigurationPropertyName.of(name))).isEqualTo(group);
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:config", "classpath:vault:", "secret:vault" })
	void ofClientWhenNoClientLoadsConfigDataIsNull(String location) {
		assertThat(EarlyProperties.ofClient(ConfigDataLocation.of(location))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "$<secret:prod/vault.token>, $<secret:prod/vault.token>", "${token}, ",
			"${other:$<secret:a>}, $<secret:a>", "$<secret:broken, ", "${token}${missing}, " })
	void problemsWhenClientReadsReferenceNamesIt(String text, @Nullable String reference) {
		List<ReferenceProblem> problems = problems(Map.of("spring.cloud.vault.token", text, "spring.cloud.vault.uri",
				"http://localhost", "token", "$<secret:prod/vault.token>"));
		assertThat(problems).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("spring.cloud.vault.token");
			assertThat(problem.reference()).isEqualTo(reference);
			assertThat(problem.description()).isEqualTo(
					"A reference cannot stand here: spring.cloud.vault.* is read before secrets can be retrieved.");
		});
	}

	@Test
	void problemsWhenPlaceholderIsReferenceNamesIt() {
		List<ReferenceProblem> problems = problems(Map.of("spring.cloud.vault.token", "${token:}", "token",
				"${secret:prod/vault.token}", "aws.secrets.spring-placeholders", "true"));
		assertThat(problems).singleElement()
			.extracting(ReferenceProblem::property)
			.isEqualTo("spring.cloud.vault.token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "${plain}", "${missing}", "${missing:text}" })
	void problemsWhenClientReadsNoReferenceIsEmpty(String text) {
		assertThat(problems(Map.of("spring.cloud.vault.token", text, "plain", "text", "spring.datasource.password",
				"$<secret:prod/db.password>")))
			.isEmpty();
	}

	private static List<ReferenceProblem> problems(Map<String, Object> settings) {
		EarlyProperties client = EarlyProperties.ofClient(ConfigDataLocation.of("vault:"));
		assertThat(client).isNotNull();
		return client.problems(Binder.get(environment(settings)));
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
