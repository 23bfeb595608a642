package io.github.awssecrets.env;

import java.util.HashMap;
import java.util.Map;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettingsBinder}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SettingsBinderTests {

	private final MutablePropertySources sources = new MutablePropertySources();

	@ParameterizedTest
	@ValueSource(strings = { "configserver:https://host/app", "bootstrapProperties-app", "manager", "mine" })
	void settingsOfSourceThatIsNotTrustedAreIgnoredWithAWarning(String source, CapturedOutput output) {
		add("lower", "aws.secrets.untrusted-sources", "mine");
		this.sources.addFirst(new MapPropertySource(source,
				Map.of("aws.secrets.region", "eu-north-1", "aws.secrets.spring-placeholders", "true")));
		assertThat(bind().region()).isNull();
		assertThat(SettingsBinder.syntax(properties())).isEqualTo(ReferenceSyntax.REFERENCES);
		assertThat(output).contains("Ignored aws.secrets.* in property source '" + source
				+ "', which may not configure the retrieval of secrets");
	}

	@Test
	void settingsOfTrustedSourceAreBoundWithoutAWarning(CapturedOutput output) {
		add("mine", "aws.secrets.region", "eu-north-1", "aws.secrets.spring-placeholders", "true");
		add("configserver:https://host/app", "app.name", "orders");
		assertThat(bind().region()).isEqualTo("eu-north-1");
		assertThat(SettingsBinder.syntax(properties())).isEqualTo(ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS);
		assertThat(output.toString()).doesNotContain("Ignored");
	}

	@Test
	void settingsOfVariablesAreBound() {
		this.sources
			.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("AWS_SECRETS_REGION", "eu-north-1")));
		assertThat(bind().region()).isEqualTo("eu-north-1");
	}

	@Test
	void placeholdersOfSettingsLeadToTrustedSourcesOnly() {
		add("configserver:https://host/app", "app.region", "eu-north-1");
		add("mine", "aws.secrets.region", "${app.region}", "aws.secrets.profile", "${app.profile}", "app.profile",
				"orders");
		assertThat(bind().region()).isEqualTo("${app.region}");
		assertThat(bind().profile()).isEqualTo("orders");
	}

	@Test
	void settingThatCanNeverWorkFailsWithItsReason() {
		add("mine", "aws.secrets.watch.jitter", "2");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::bind)
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("aws.secrets.watch.jitter");
				assertThat(ex.getReason()).isEqualTo("It must be between 0 and 1");
			});
	}

	@Test
	void settingsThatExcludeEachOtherFailWithThat() {
		add("mine", "aws.secrets.local", "classpath:secrets.yml", "aws.secrets.profile", "orders");
		assertThatExceptionOfType(MutuallyExclusiveConfigurationPropertiesException.class).isThrownBy(this::bind);
	}

	@Test
	void settingOfWrongTypeFailsAsBootHasIt() {
		add("mine", "aws.secrets.watch.jitter", "much");
		assertThatExceptionOfType(BindException.class).isThrownBy(this::bind);
	}

	@Test
	void syntaxWhenItsSettingIsInvalidIsTheUsualOne() {
		add("mine", "aws.secrets.spring-placeholders", "perhaps");
		assertThat(SettingsBinder.syntax(properties())).isEqualTo(ReferenceSyntax.REFERENCES);
		assertThat(SettingsBinder.syntax(binder("perhaps"))).isEqualTo(ReferenceSyntax.REFERENCES);
		assertThat(SettingsBinder.syntax(binder("true"))).isEqualTo(ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS);
	}

	@Test
	void syntaxWhenUntrustedSourcesAreInvalidIsTheUsualOne() {
		add("mine", "aws.secrets.untrusted-sources[1]", "x", "aws.secrets.spring-placeholders", "true");
		assertThat(SettingsBinder.syntax(properties())).isEqualTo(ReferenceSyntax.REFERENCES);
	}

	private SecretsProperties bind() {
		return SettingsBinder.bind(properties());
	}

	private SourceProperties properties() {
		return new SourceProperties(this.sources);
	}

	private static Binder binder(String value) {
		return new Binder(new MapConfigurationPropertySource(Map.of("aws.secrets.spring-placeholders", value)));
	}

	private void add(String source, String... namesAndValues) {
		Map<String, Object> properties = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		this.sources.addLast(new MapPropertySource(source, properties));
	}

}
