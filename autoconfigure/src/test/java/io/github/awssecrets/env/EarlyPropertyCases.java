package io.github.awssecrets.env;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chapter on the report of an application with references where they would be taken for
 * the value itself.
 */
interface EarlyPropertyCases extends AcceptanceFixture {

	@Test
	default void reportWhenReferencesAreReadEarlyNamesThemAll(CapturedOutput output) {
		FailedStart start = refused(newApplication().arguments("--spring.profiles.active=prod").yaml("""
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
				encrypt:
				  key: ${encryption.key}
				encryption:
				  key: $<secret:prod/app.encryption-key>
				""").file("application-prod.yml", """
				aws:
				  secrets:
				    allowed:
				    - prod/*
				    - $<secret:prod/app.allowed>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				5 secret references could not be resolved:

				1. aws.secrets.allowed[1]  in application-prod.yml:5:7
				   $<secret:prod/app.allowed>
				   A reference cannot stand here: aws.secrets.* is read before secrets can be retrieved.

				2. logging.file.name  in application.yml:3:11
				   $<secret:log.file>
				   A reference cannot stand here: logging.* is read before secrets can be retrieved.

				3. spring.main.lazy-initialization  in application.yml:6:26
				   $<secret:prod/app.lazy:***>
				   A reference cannot stand here: spring.main.* is read before secrets can be retrieved.

				4. spring.cloud.config.password  in application.yml:9:17
				   $<secret:prod/config.password>
				   A reference cannot stand here: spring.cloud.config.* is read before secrets can be retrieved.

				5. encrypt.key  in application.yml:14:8
				   A reference cannot stand here: encrypt.key is read before secrets can be retrieved.

				Action:

				1-5. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	default void reportWhenVariablesAndArgumentsAreReadEarlyNamesThemAll(CapturedOutput output) {
		FailedStart start = refused(newApplication().variable("LOGGING_LEVEL_ROOT", "$<secret:prod/app.level>")
			.variable("ENCRYPTION_KEY", "$<secret:prod/app.encryption-key>")
			.arguments("--spring.main.allow-circular-references=$<secret:prod/app.circular>",
					"--encrypt.key=${ENCRYPTION_KEY}"),
				output);
		assertThat(start.report()).isEqualTo(
				"""
						3 secret references could not be resolved:

						1. spring.main.allow-circular-references  in command line argument --spring.main.allow-circular-references
						   $<secret:prod/app.circular>
						   A reference cannot stand here: spring.main.* is read before secrets can be retrieved.

						2. encrypt.key  in command line argument --encrypt.key
						   A reference cannot stand here: encrypt.key is read before secrets can be retrieved.

						3. logging.level.root  in environment variable LOGGING_LEVEL_ROOT
						   $<secret:prod/app.level>
						   A reference cannot stand here: logging.* is read before secrets can be retrieved.

						Action:

						1-3. Write the value itself, or take it from an environment variable: ${NAME}.
						""");
	}

	@Test
	default void reportWhenBootstrapSettingIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(
				newApplication().variable("SPRING_CLOUD_BOOTSTRAP_NAME", "$<secret:prod/app.bootstrap>"), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.cloud.bootstrap.name  in environment variable SPRING_CLOUD_BOOTSTRAP_NAME
				   $<secret:prod/app.bootstrap>
				   A reference cannot stand here: spring.cloud.bootstrap.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	@Test
	default void reportWhenActiveProfileOfFileIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(newApplication().yaml("""
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
	default void reportWhenActiveProfileLeadsToReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(newApplication().yaml("""
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
	default void reportWhenCloudPlatformOfFileIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(newApplication().yaml("""
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
	default void reportWhenProfilesAndImportsOfVariablesAreReferencesNamesThemAll(CapturedOutput output) {
		FailedStart start = refused(newApplication().variable("SPRING_PROFILES_ACTIVE", "$<secret:prod/app.profile>")
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
	default void reportWhenImportOfFileIsReferenceSaysSo(String location, CapturedOutput output) {
		FailedStart start = refused(newApplication().yaml("""
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
	default void reportWhenImportOfFileLeadsToReferenceSaysSo(CapturedOutput output) {
		FailedStart start = refused(newApplication().yaml("""
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

	/**
	 * Start an application that has to fail before anything is asked for, or written by
	 * the name of a reference.
	 */
	default FailedStart refused(TestApplication application, CapturedOutput output) {
		FailedStart start = FailedStart.of(application, output);
		assertThat(secretsServer().calls()).isEmpty();
		assertThat(namesIn(Path.of(""))).noneMatch((name) -> name.contains("$<secret"));
		assertThat(namesIn(files())).noneMatch((name) -> name.contains("$<secret"));
		return start;
	}

	private static List<String> namesIn(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
