package io.github.awssecrets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code aws.secrets.local}: secrets from a file.
 */
@ExtendWith(OutputCaptureExtension.class)
class LocalSecretsIntegrationTests {

	@TempDir
	private Path directory;

	@TempDir
	private Path files;

	@BeforeEach
	void writeSecrets() throws IOException {
		secrets("prod/db: { password: '%s', port: 5432 }".formatted(Canary.value("prod/db.password", 1)));
	}

	private void secrets(String yaml) throws IOException {
		Files.writeString(this.files.resolve("secrets.yml"), yaml);
	}

	private TestApplication application() {
		return TestApplication.in(this.directory)
			.arguments("--aws.secrets.local=file:" + this.files.resolve("secrets.yml"));
	}

	/* In one line, as where lines end depends on the name of the temporary directory */
	private String report(FailedStart start) {
		assertThat(CanaryScanner.scan("output", start.output())).isEmpty();
		return withoutDirectory(start.report().replaceAll("\\s+", " ").strip());
	}

	private String withoutDirectory(String text) {
		return text.replace("file:" + this.files, "file:");
	}

	private static String oneLine(String text) {
		return text.replaceAll("\\s+", " ").strip();
	}

	@Test
	void runWhenFileHasSecretsUsesThemAndSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().yaml("""
				a: $<secret:prod/db.password>
				b: $<secret:prod/db.port>
				c: ${a}
				""").arguments("--aws.secrets.region=eu-west-1").run()) {
			assertThat(Canary.value("prod/db.password", 1).equals(context.getEnvironment().getProperty("c"))).isTrue();
			assertThat(context.getEnvironment().getProperty("b", Integer.class)).isEqualTo(5432);
		}
		assertThat(output.getAll()
			.lines()
			.filter((line) -> line.contains("secret"))
			.map((line) -> withoutDirectory(line.substring(line.indexOf(" : ") + 3)))
			.map((line) -> line.replaceAll("\\d+ ms", "N ms")))
			.containsExactly("Secrets come from URL [file:/secrets.yml], and AWS is not used",
					"Resolved 2 references to 1 secret in URL [file:/secrets.yml]: N ms");
	}

	@Test
	void runWhenNothingRefersToSecretsReadsNoFile(CapturedOutput output) {
		TestApplication.in(this.directory).arguments("--aws.secrets.local=classpath:missing.yml").run().close();
		assertThat(output).doesNotContain("Secrets come from");
	}

	@ParameterizedTest
	@CsvSource({ "endpoint, http://localhost:4566", "profile, dev", "role-arn, arn:aws:iam::123456789012:role/orders" })
	void reportWhenAwsIsConfiguredTooNamesBoth(String name, String value, CapturedOutput output) {
		String variable = "AWS_SECRETS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
		FailedStart start = FailedStart.of(application().yaml("a: b").variable(variable, value), output);
		assertThat(report(start)).startsWith("The following configuration properties are mutually exclusive: ")
			.contains(
					"aws.secrets.%s (originating from 'System Environment Property \"%s\"')".formatted(name, variable))
			.endsWith(
					"Action: Update your configuration so that only one of the mutually exclusive properties is configured.");
	}

	@Test
	void runWhenTestTakesBackWhatTheApplicationSetsIsNotRefused() {
		try (ConfigurableApplicationContext context = application().yaml("""
				a: $<secret:prod/db.port>
				aws.secrets:
				  profile: dev
				  endpoint: https://vpce.example.com
				  role-arn: arn:aws:iam::123456789012:role/orders
				""").arguments("--aws.secrets.profile=", "--aws.secrets.role-arn=", "--aws.secrets.endpoint=").run()) {
			assertThat(context.getEnvironment().getProperty("a")).isEqualTo("5432");
		}
	}

	@Test
	void reportWhenFileDoesNotExistNamesSetting(CapturedOutput output) {
		FailedStart start = FailedStart.of(TestApplication.in(this.directory)
			.yaml("a: $<secret:prod/db.port>")
			.arguments("--aws.secrets.fail-fast=false", "--aws.secrets.local=classpath:missing.yml"), output);
		assertThat(report(start)).isEqualTo(
				oneLine("""
						Invalid value 'classpath:missing.yml' for configuration property 'aws.secrets.local' (originating from \
						'"aws.secrets.local" from property source "commandLineArgs"'). Validation failed for the following reason:
						There is no such file
						Action:
						Review the value of the property with the provided reason.
						"""));
	}

	@Test
	void reportWhenFileIsMalformedNamesLineOnce(CapturedOutput output) throws IOException {
		secrets("prod/db:\n  password: \"%s\n".formatted(Canary.value("prod/db.password", 1).replace("\"", "'")));
		FailedStart start = FailedStart.of(application().yaml("""
				a: $<secret:prod/db.password>
				b: $<secret:prod/other:default>
				"""), output);
		assertThat(report(start)).isEqualTo(oneLine("""
				2 secret references could not be resolved (2 secrets):
				1. a  in application.yml:1:4
				   $<secret:prod/db.password>
				   b  in application.yml:2:4
				   $<secret:prod/other:***>
				   The secrets cannot be read: URL [file:/secrets.yml]: line 3: not valid YAML.
				Action:
				1. Correct the file.
				To start with what can be resolved, set aws.secrets.fail-fast=false.
				"""));
	}

	@Test
	void reportWhenFileLacksSecretsSaysWhatToAdd(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				a: $<secret:prod/other.key>
				b: $<secret:prod/db.port?stage=AWSPREVIOUS>
				c: $<secret:prod/db.host>
				d: $<secret:prod/other:default>
				"""), output);
		assertThat(report(start)).isEqualTo(
				oneLine("""
						3 secret references could not be resolved (2 secrets):
						1. a  in application.yml:1:4
						   $<secret:prod/other.key>
						   No secret 'prod/other' in URL [file:/secrets.yml]. (Looked for key 'key' of 'prod/other'; for a secret called
						   'prod/other.key' write $<secret:prod/other.key#>.)
						2. b  in application.yml:2:4
						   $<secret:prod/db.port?stage=AWSPREVIOUS>
						   Secret 'prod/db' in URL [file:/secrets.yml] has no version with stage AWSPREVIOUS.
						3. c  in application.yml:3:4
						   $<secret:prod/db.host>
						   prod/db has no key 'host'. Its keys: password, port.
						Action:
						1. Add 'prod/other' to the file, or correct the reference.
						2. Add 'prod/db?stage=AWSPREVIOUS' to the file, or correct the reference.
						3. Add the key to the secret, correct the reference, or give it a default.
						To start with what can be resolved, set aws.secrets.fail-fast=false.
						"""));
	}

}
