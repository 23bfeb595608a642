package io.github.awssecrets.env;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link SecretsProperties}.
 */
class SecretsPropertiesTests {

	@Test
	void settingsWhenNothingIsSetAreTheDefaults() {
		SecretsProperties settings = bind();
		assertThat(settings.enabled()).isTrue();
		assertThat(settings.failFast()).isTrue();
		assertThat(settings.startupTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(settings.allowed()).isEmpty();
		assertThat(settings.shownKeys()).containsExactly("username", "engine", "host", "port", "dbname");
		assertThat(settings.watch()).isEqualTo(new SecretsProperties.Watch(true, Duration.ofSeconds(60), 0.2));
		assertThat(settings.refresh().strategy()).isEqualTo(SecretsProperties.Refresh.Strategy.PUBLISH);
		assertThat(settings.jdbc()).isEqualTo(new SecretsProperties.Jdbc(null, Map.of(), true));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			startup-timeout             | 0s         | It must be longer than zero
			endpoint                    | ftp://host | The endpoint must be an http or https URL with a host
			endpoint                    | localhost  | The endpoint must be an http or https URL with a host
			region                      | ' '        | The Region must not be blank
			profile                     | ' '        | The profile must not be blank
			role-arn                    | orders     | The role must be the ARN of a role
			watch.interval              | 999ms      | It must be between 1 s and 365 days
			watch.interval              | 31536001s  | It must be between 1 s and 365 days
			watch.jitter                | -0.1       | It must be between 0 and 1
			watch.jitter                | 1.1        | It must be between 0 and 1
			jdbc.secret                 | prod db    | The name of a secret cannot contain a space
			jdbc.data-sources.orders    | prod db    | The name of a secret cannot contain a space
			""")
	void settingThatCanNeverWorkIsNamed(String name, String value, String reason) {
		BindException failure = catchThrowableOfType(BindException.class, () -> bind("aws.secrets." + name, value));
		assertThat(failure).rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (invalid) -> {
				assertThat(invalid.getName()).isEqualTo("aws.secrets." + name);
				assertThat(invalid.getReason()).startsWith(reason);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "fips-enabled", "dualstack-enabled" })
	void endpointWhenAnotherSettingChoosesOneIsRefused(String other) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind("aws.secrets.endpoint", "http://localhost:4566", "aws.secrets." + other, "true"))
			.havingRootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
					(invalid) -> assertThat(invalid.getName()).isEqualTo("aws.secrets.endpoint"));
	}

	@ParameterizedTest
	@CsvSource({ "endpoint, http://localhost:4566", "profile, orders",
			"role-arn, arn:aws:iam::123456789012:role/orders" })
	void fileOfSecretsExcludesWhatLeadsToAws(String name, String value) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind("aws.secrets.local", "classpath:secrets.yml", "aws.secrets." + name, value))
			.havingRootCause()
			.isInstanceOfSatisfying(MutuallyExclusiveConfigurationPropertiesException.class,
					(exclusive) -> assertThat(exclusive.getMutuallyExclusiveNames())
						.containsExactlyInAnyOrder("aws.secrets.local", "aws.secrets." + name));
	}

	@Test
	void settingAtItsLimitIsTaken() {
		assertThat(bind("aws.secrets.watch.interval", "1s").watch().interval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(bind("aws.secrets.watch.interval", "365d").watch().interval()).isEqualTo(Duration.ofDays(365));
		assertThat(bind("aws.secrets.watch.jitter", "0").watch().jitter()).isZero();
		assertThat(bind("aws.secrets.watch.jitter", "1").watch().jitter()).isEqualTo(1);
		assertThat(bind("aws.secrets.startup-timeout", "1ms").startupTimeout()).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void fileOfSecretsAloneIsTaken() {
		assertThat(bind("aws.secrets.local", "classpath:secrets.yml").local()).isNotNull()
			.extracting(Resource::getFilename)
			.isEqualTo("secrets.yml");
	}

	@Test
	void secretOfDataSourceIsTaken() {
		assertThat(bind("aws.secrets.jdbc.secret", "prod/db").jdbc().secret()).isEqualTo("prod/db");
	}

	@Test
	void settingsOfDataSourcesAreByBean() {
		assertThat(bind("aws.secrets.jdbc.data-sources.orders", "prod/db").jdbc().dataSources())
			.containsExactly(Map.entry("orders", "prod/db"));
	}

	@Test
	void profileRoleOrSecretWhenEmptyIsNone() {
		SecretsProperties settings = bind("aws.secrets.profile", "", "aws.secrets.role-arn", "",
				"aws.secrets.jdbc.secret", "");
		assertThat(settings.profile()).isNull();
		assertThat(settings.roleArn()).isNull();
		assertThat(settings.jdbc().secret()).isNull();
	}

	private static SecretsProperties bind(String... namesAndValues) {
		Map<String, String> properties = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(SecretsProperties.PREFIX,
				SecretsProperties.class);
	}

}
