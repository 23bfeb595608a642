package io.github.awssecrets.autoconfigure;

import java.util.Map;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the settings {@code aws.secrets.*}: which sources they are read from, and
 * what a wrong one says.
 */
class SettingsIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void create() {
		server.create("prod/db", Canary.value("prod/db", 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					endpoint        | ftp://localhost     | The endpoint must be an http or https URL with a host, such as https://localhost:4566
					region          | ' '                 | The Region must not be blank
					profile         | ' '                 | The profile must not be blank
					role-arn        | orders              | The role must be the ARN of a role, such as arn:aws:iam::123456789012:role/orders
					startup-timeout | PT0S                | It must be longer than zero
					watch.interval  | PT0S                | It must be between 1 s and 365 days
					watch.interval  | PT-5S               | It must be between 1 s and 365 days
					watch.interval  | PT0.999S            | It must be between 1 s and 365 days
					watch.interval  | PT8784H             | It must be between 1 s and 365 days
					watch.jitter    | 2.0                 | It must be between 0 and 1
					watch.jitter    | -0.1                | It must be between 0 and 1
					watch.jitter    | NaN                 | It must be between 0 and 1
					""")
	void reportWhenSettingCanNeverWorkNamesIt(String name, String value, String reason, CapturedOutput output) {
		FailedStart start = FailedStart.of(TestApplication.in(this.directory)
			.arguments("--aws.secrets." + name + "=" + value)
			.yaml("a: $<secret:prod/db>"), output);
		assertThat(start.report()).isEqualTo(
				"""
						Invalid value '%s' for configuration property 'aws.secrets.%s' (originating from '"aws.secrets.%s" from \
						property source "commandLineArgs"'). Validation failed for the following reason:

						%s

						Action:

						Review the value of the property with the provided reason.
						"""
					.formatted(value, name, name, reason));
	}

	@Test
	void reportWhenEndpointIsCombinedWithFipsNamesIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(TestApplication.in(this.directory).yaml("""
				a: $<secret:prod/db>
				aws.secrets:
				  endpoint: http://localhost:4566
				  fips-enabled: true
				"""), output);
		assertThat(start.report())
			.startsWith("Invalid value 'http://localhost:4566' for configuration property "
					+ "'aws.secrets.endpoint' (originating from ")
			.contains("""
					application.yml] - 3:13'). Validation failed for the following reason:

					FIPS and dual-stack choose an endpoint of AWS: they cannot be combined with an endpoint of one's own
					""");
	}

	@Test
	void reportWhenSettingIsOfWrongTypeNamesIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(TestApplication.in(this.directory)
			.variable("AWS_SECRETS_STARTUPTIMEOUT", "soon")
			.yaml("a: $<secret:prod/db>"), output);
		assertThat(start.report()).startsWith("""
				Failed to bind properties under 'aws.secrets.startup-timeout' to java.time.Duration:

				    Property: aws.secrets.startup-timeout
				    Value: "soon"
				    Origin: System Environment Property "AWS_SECRETS_STARTUPTIMEOUT"
				""");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			watch.interval   | soon | java.time.Duration | 'soon' is not a valid duration
			watch.jitter     | much | double             | For input string: "much"
			refresh.strategy | none | io.github.awssecrets.env.SecretsProperties$Refresh$Strategy | \
			The following values are valid:
			""")
	void reportWhenSettingOfRotationsIsOfWrongTypeNamesIt(String name, String value, String type, String reason,
			CapturedOutput output) {
		FailedStart start = FailedStart
			.of(TestApplication.in(this.directory).yaml("aws.secrets.%s: %s".formatted(name, value)), output);
		assertThat(start.report()).startsWith("""
				Failed to bind properties under 'aws.secrets.%s' to %s:

				    Property: aws.secrets.%s
				    Value: "%s"
				    Origin: URL [""".formatted(name, type, name, value)).contains("application.yml] - 1:", reason);
	}

	@Test
	void runWhenSettingsAreOfConfigServerIgnoresThemWithOneWarning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().arguments("--aws.secrets.untrusted-sources=tenants")
			.yaml("a: $<secret:prod/db>")
			.customize((spring) -> spring.addInitializers((initialized) -> {
				initialized.getEnvironment()
					.getPropertySources()
					.addFirst(source("configserver:https://config.example.com/app.yml", "aws.secrets.endpoint"));
				initialized.getEnvironment().getPropertySources().addFirst(source("tenants", "aws.secrets.region"));
			}))
			.run()) {
			assertThat(Canary.value("prod/db", 1).equals(context.getEnvironment().getProperty("a"))).isTrue();
		}
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains(" WARN "))
			.map(SettingsIntegrationTests::message)).containsExactly(
					"Ignored aws.secrets.* in property source 'tenants', which may not configure the retrieval of secrets",
					"Ignored aws.secrets.* in property source 'configserver:https://config.example.com/app.yml', which may "
							+ "not configure the retrieval of secrets");
	}

	@Test
	void runWhenNothingRefersToSecretsNeedsNoValidSettingsOfAws(CapturedOutput output) {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory).yaml("a: b").run()) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("b");
		}
		assertThat(output).doesNotContain(" WARN ").doesNotContain("Resolved");
	}

	private static PropertySource<?> source(String name, String setting) {
		return new MapPropertySource(name, Map.of(setting, "https://secrets.example.com"));
	}

	private static String message(String line) {
		return line.substring(line.indexOf(" : ") + 3);
	}

}
