package io.github.awssecrets.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the report of an application with references where they would be taken for
 * the value itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class EarlyPropertiesIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@AfterEach
	void nothingWasAskedForOrWritten() throws IOException {
		assertThat(server.calls()).isEmpty();
		assertThat(namesIn(Path.of(""))).noneMatch((name) -> name.contains("$<secret"));
		assertThat(namesIn(this.directory)).noneMatch((name) -> name.contains("$<secret"));
	}

	private static List<String> namesIn(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	@Test
	void reportWhenReferencesAreReadEarlyNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().arguments("--spring.profiles.active=prod")
			.yaml("""
					logging:
					  file:
					    name: $<secret:log.file>
					spring:
					  main:
					    lazy-initialization: $<secret:prod/app.lazy:true>
					  cloud:
					    config:
					      password: $<secret:prod/config.password>
					      server:
					        git:
					          password: $<secret:prod/git.password>
					    vault:
					      token: $<secret:prod/vault.token>
					encrypt:
					  key: ${ENCRYPTION_KEY}
					""")
			.file("application-prod.yml", """
					aws:
					  secrets:
					    allowed:
					    - prod/*
					    - $<secret:prod/app.allowed>
					""")
			.variable("LOGGING_LEVEL_ROOT", "$<secret:prod/app.level>")
			.variable("ENCRYPTION_KEY", "$<secret:prod/app.encryption-key>")
			.arguments("--spring.main.allow-circular-references=$<secret:prod/app.circular>"), output);
		assertThat(start.report()).isEqualTo(
				"""
						7 secret references could not be resolved:

						1. spring.main.allow-circular-references  in command line argument --spring.main.allow-circular-references
						   $<secret:prod/app.circular>
						   spring.main.lazy-initialization  in application.yml:6:26
						   $<secret:prod/app.lazy:***>
						   A reference cannot stand here: spring.main.* is read before secrets can be retrieved.

						2. logging.level.root  in environment variable LOGGING_LEVEL_ROOT
						   $<secret:prod/app.level>
						   logging.file.name  in application.yml:3:11
						   $<secret:log.file>
						   A reference cannot stand here: logging.* is read before secrets can be retrieved.

						3. aws.secrets.allowed[1]  in application-prod.yml:5:7
						   $<secret:prod/app.allowed>
						   A reference cannot stand here: aws.secrets.* is read before secrets can be retrieved.

						4. spring.cloud.config.password  in application.yml:9:17
						   $<secret:prod/config.password>
						   A reference cannot stand here: spring.cloud.config.* is read before secrets can be retrieved.

						5. encrypt.key  in application.yml:16:8
						   A reference cannot stand here: encrypt.key is read before secrets can be retrieved.

						Action:

						1-5. Write the value itself, or take it from an environment variable: ${NAME}.
						""");
	}

	@Test
	void reportWhenActiveProfileOfFileIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  profiles:
				    active: $<secret:prod/app.profile>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.profiles.active  in application.yml:3:13
				   $<secret:prod/app.profile>
				   A reference cannot stand here: spring.profiles.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenActiveProfileLeadsToReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				profile: $<secret:prod/app.profile>
				spring.profiles.active: ${profile}
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.profiles.active  in application.yml:2:25
				   A reference cannot stand here: spring.profiles.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenCloudPlatformOfFileIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  main:
				    cloud-platform: $<secret:prod/app.platform>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.main.cloud-platform  in application.yml:3:21
				   $<secret:prod/app.platform>
				   A reference cannot stand here: spring.main.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenProfilesAndImportsOfVariablesAreReferencesNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().variable("SPRING_PROFILES_ACTIVE", "$<secret:prod/app.profile>")
				.variable("SPRING_CONFIG_IMPORT", "$<secret:prod/app.import>")
				.arguments("--spring.config.additional-location=file:$<secret:prod/app.location>/"), output);
		assertThat(start.report()).isEqualTo("""
				3 secret references could not be resolved:

				1. spring.config.additional-location  in command line argument --spring.config.additional-location
				   $<secret:prod/app.location>
				   spring.config.import  in environment variable SPRING_CONFIG_IMPORT
				   $<secret:prod/app.import>
				   A reference cannot stand here: spring.config.* is read before secrets can be retrieved.

				2. spring.profiles.active  in environment variable SPRING_PROFILES_ACTIVE
				   $<secret:prod/app.profile>
				   A reference cannot stand here: spring.profiles.* is read before secrets can be retrieved.

				Action:

				1, 2. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "$<secret:prod/app.location>", "optional:file:$<secret:prod/app.location>",
			"configserver:$<secret:prod/app.location>" })
	void reportWhenImportOfFileIsReferenceSaysSo(String location, CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  config:
				    import: %s
				""".formatted(location)), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.config.import  in application.yml:3:13
				   $<secret:prod/app.location>
				   A reference cannot stand here: spring.config.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	void reportWhenImportOfFileLeadsToReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				location: $<secret:prod/app.location>
				spring:
				  config:
				    import: ${location}
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.config.import  in application.yml:4:13
				   $<secret:prod/app.location>
				   A reference cannot stand here: spring.config.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	private TestApplication application() {
		return TestApplication.in(this.directory, server);
	}

}
