package io.github.awssecrets.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the report of an application whose imports of secrets fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretImportFailureIntegrationTests {

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
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
	}

	@Test
	void reportWhenImportsAndReferencesFailNamesThemAll(CapturedOutput output) {
		server.create("prod/token", Canary.value("prod/token", 1));
		server.createBinary("prod/key", Canary.value("prod/key", 1).getBytes(StandardCharsets.UTF_8));
		server.create("prod/array", "[\"" + Canary.value("prod/array", 1).replace("\"", "\\\"") + "\"]");
		server.create("prod/malformed", "{\"password\":" + Canary.value("prod/malformed", 1));
		server.create("prod/denied", Canary.json("prod/denied", 1, "password"));
		server.create("prod/deleted", Canary.json("prod/deleted", 1, "password"));
		server.delete("prod/deleted", 7);
		server.faults().add(Fault.denied().forSecret("prod/denied"));
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  config:
				    import:
				      - secret:prod/missing?prefix=app.
				      - secret:prod/missing.password
				      - secret:prod/elsewhere?region=us-east-1
				      - optional:secret:prod/absent
				      - optional:secret:prod/db?stage=NOSTAGE
				      - optional:secret:prod/denied
				      - optional:secret:prod/deleted?name=deleted
				      - optional:secret:prod/malformed
				      - secret:prod/token?prefix=app.&stage=AWSCURRENT
				      - secret:prod/key
				      - secret:prod/array
				      - secret:prod/db
				app.password: $<secret:prod/missing.password>
				app.token: ${deleted}
				"""), output);
		assertThat(
				start.report().replaceAll("\\d{4}-\\d\\d-\\d\\d", "<date>").replaceAll("arn:aws:sts\\S+", "<caller>"))
			.isEqualTo(
					"""
							11 secret references could not be resolved (10 secrets, Regions eu-west-1 and us-east-1, as
							<caller>

							1. spring.config.import[0]  in application.yml:4:9
							   secret:prod/missing?prefix=app.
							   No secret 'prod/missing' in eu-west-1.

							2. spring.config.import[1]  in application.yml:5:9
							   secret:prod/missing.password
							   No secret 'prod/missing.password' in eu-west-1. (All of it is the name of a secret; one key of a secret takes a
							   reference: $<secret:prod/missing.password>.)

							3. spring.config.import[2]  in application.yml:6:9
							   secret:prod/elsewhere?region=us-east-1
							   No secret 'prod/elsewhere' in us-east-1.

							4. spring.config.import[4]  in application.yml:8:9
							   optional:secret:prod/db?stage=NOSTAGE
							   Secret 'prod/db' in eu-west-1 has no version with stage NOSTAGE.

							5. spring.config.import[5]  in application.yml:9:9
							   optional:secret:prod/denied
							   Access denied: <caller> may not call
							   secretsmanager:GetSecretValue on prod/denied.

							6. spring.config.import[6]  in application.yml:10:9
							   optional:secret:prod/deleted?name=deleted
							   Scheduled for deletion (<date>); it can be restored until then.

							7. spring.config.import[7]  in application.yml:11:9
							   optional:secret:prod/malformed
							   prod/malformed is malformed JSON: not valid JSON at line 1, column 13.

							8. spring.config.import[8]  in application.yml:12:9
							   secret:prod/token?prefix=app.&stage=AWSCURRENT
							   prod/token is a text that is not JSON, and so has no keys to import.

							9. spring.config.import[9]  in application.yml:13:9
							   secret:prod/key
							   prod/key is a binary secret, and so has no keys to import.

							10. spring.config.import[10]  in application.yml:14:9
							    secret:prod/array
							    prod/array is a JSON array, and so has no keys to import.

							11. app.password  in application.yml:16:15
							    $<secret:prod/missing.password>
							    No secret 'prod/missing' in eu-west-1. (Looked for key 'password' of 'prod/missing'; for a secret called
							    'prod/missing.password' write $<secret:prod/missing.password#>.)

							Action:

							1, 2, 11. Create the secret, correct the name, or set aws.secrets.region.
							3. Create the secret, or correct its name or Region in the import.
							4. Correct the stage or version in the import: aws secretsmanager list-secret-version-ids --secret-id prod/db --region eu-west-1 shows those that there are.
							5. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
							               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/denied-??????" }
							6. aws secretsmanager restore-secret --secret-id prod/deleted --region eu-west-1
							7. Correct the secret; 'optional:' applies only where there is no secret.
							8. Name the property that gets the whole secret: secret:prod/token?prefix=app.&name=<name>.
							9. Name the property that gets the whole secret: secret:prod/key?name=<name>.
							10. Name the property that gets the whole secret: secret:prod/array?name=<name>.

							To start with what can be resolved, set aws.secrets.fail-fast=false.
							""");
		assertThat(Canary.isIn(start.output())).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			secret:prod/db?prefx=a.       | Unknown option 'prefx'. There are prefix, name, stage, version and region.
			optional:secret:?prefix=a.    | The id of the secret is empty. Write its name or ARN after 'secret:'.
			secret:prod/db?region=ireland | The Region is not the name of an AWS Region, such as eu-west-1.
			secret:prod/db?stage=A&stage=A | Option 'stage' is given twice. Write it once.
			""")
	void reportWhenImportBreaksTheRulesSaysHowToWriteIt(String location, String reason, CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  config:
				    import: %s
				""".formatted(location)), output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. spring.config.import  in application.yml:3:13
						   %s
						   %s

						Action:

						1. Correct the import: all text before '?' is the name or ARN of a secret, and options are separated by '&', as in secret:prod/db?prefix=spring.datasource.
						"""
					.formatted(location, reason));
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenImportIsNotAllowedSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  config:
				    import: optional:secret:prod/db,secret:dev/token?name=token
				aws.secrets.allowed: test/*
				app.token: ${token}
				"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved:

				1. spring.config.import  in application.yml:3:13
				   optional:secret:prod/db
				   Not allowed: no entry of aws.secrets.allowed matches 'prod/db'.

				2. spring.config.import  in application.yml:3:13
				   secret:dev/token?name=token
				   Not allowed: no entry of aws.secrets.allowed matches 'dev/token'.

				Action:

				1, 2. Add one that does, or correct the import.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenSourceIsNotTrustedSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().yaml("spring.config.import: other.yml,secret:prod/db?prefix=app.")
				.file("other.yml", "spring.config.import: secret:prod/db")
				.arguments("--aws.secrets.untrusted-sources=*other.yml*,secret:*prefix=app."), output);
		assertThat(start.report().replace(this.directory.toString(), "<directory>")).isEqualTo("""
				2 secret references could not be resolved:

				1. spring.config.import  in other.yml:1:23
				   secret:prod/db
				   Not trusted: imports in property source 'Config resource 'file [<directory>/other.yml]' via
				   location 'other.yml'' are refused.

				2. spring.config.import  in application.yml:1:23
				   secret:prod/db?prefix=app.
				   Not trusted: imports in property source 'secret:prod/db?prefix=app.' are refused.

				Action:

				1, 2. Move the import to the application's own configuration.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenReferencesAreDisabledSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  config:
				    import: optional:secret:prod/token,secret:prod/db
				aws.secrets.enabled: false
				app.token: $<secret:prod/token>
				"""), output);
		assertThat(start.report()).isEqualTo(
				"""
						A secret reference could not be resolved:

						1. spring.config.import  in application.yml:3:13
						   secret:prod/db
						   The keys of this secret are not known, as aws.secrets.enabled is false.

						Action:

						1. Set aws.secrets.enabled=true, write 'optional:' before the import, or move it to a profile that is active only where secrets are retrieved.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenImportIsOfVariableSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().yaml("app.name: test").variable("SPRING_CONFIG_IMPORT", "secret:prod/missing"), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. spring.config.import  in the command line, a system property or an environment variable
				   secret:prod/missing
				   No secret 'prod/missing' in eu-west-1.

				Action:

				1. Create the secret, correct the name, or set aws.secrets.region.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	private TestApplication application() {
		return TestApplication.in(this.directory, server);
	}

}
