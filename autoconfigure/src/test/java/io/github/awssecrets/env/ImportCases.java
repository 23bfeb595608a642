package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chapter on secrets that are imported as a whole, and on the other ways to have some:
 * references in Spring's own syntax, and a file in place of AWS.
 */
interface ImportCases extends AcceptanceFixture {

	@Test
	default void importWhenItHasPrefixIsOnePropertyForEachKey(CapturedOutput output) {
		createKeys();
		try (ConfigurableApplicationContext context = newApplication()
			.yaml("spring.config.import: secret:prod/db?prefix=app.db.")
			.run()) {
			assertProperty("prod/db.username", context, "app.db.username");
			assertProperty("prod/db.password", context, "app.db.password");
			assertThat(context.getEnvironment().containsProperty("password")).isFalse();
			assertThat(SourceCases.origin(context, "app.db.password")).contains("application.yml] - 1:23")
				.contains("secret prod/db, version ");
		}
		assertThat(secretsServer().calls()).hasSize(1);
		assertThat(output).contains("Resolved 1 import to 1 secret in eu-west-1: 1 call, ");
	}

	@Test
	default void importWinsOverDocumentThatImportsItButNotOverVariable() {
		createKeys();
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				spring.config.import: secret:prod/db?prefix=app.
				app:
				  username: plain
				  password: $<secret:none/shadowed>
				  chained: ${app.password}
				""").variable("APP_USERNAME", "plain").run()) {
			assertThat(context.getEnvironment().getProperty("app.username")).isEqualTo("plain");
			assertProperty("prod/db.password", context, "app.password");
			assertProperty("prod/db.password", context, "app.chained");
		}
	}

	@Test
	default void importWhenOptionalAndSecretIsMissingHasNoProperty(CapturedOutput output) {
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				spring.config.import: optional:secret:prod/missing?prefix=app.
				app.password: plain
				""").run()) {
			assertThat(context.getEnvironment().getProperty("app.password")).isEqualTo("plain");
		}
		assertThat(output).doesNotContain(" WARN ");
	}

	@Test
	default void reportWhenImportsAndReferencesAreMissingNamesThemAll(CapturedOutput output) {
		createKeys();
		FailedStart start = FailedStart.of(newApplication().yaml("""
				spring:
				  config:
				    import:
				    - secret:prod/db
				    - secret:prod/missing?prefix=app.
				app.misspelled: $<secret:prod/db.pasword>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved (2 secrets, Region eu-west-1):

				1. spring.config.import[1]  in application.yml:5:7
				   secret:prod/missing?prefix=app.
				   No secret 'prod/missing' in eu-west-1.

				2. app.misspelled  in application.yml:6:17
				   $<secret:prod/db.pasword>
				   prod/db has no key 'pasword'. Its keys: password, username.

				Action:

				1. Create the secret, correct the name, or set aws.secrets.region.
				2. Did you mean 'password'?

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	default void springPlaceholdersWhenSwitchedOnAreRetrievedWithImportsInOneCall(CapturedOutput output) {
		createKeys();
		create("prod/token", "prod/variable");
		try (ConfigurableApplicationContext context = newApplication().yaml("""
				spring.config.import: secret:prod/db?prefix=app.
				app:
				  token: ${secret:prod/token}
				  spare: ${APP_SPARE:${secret:prod/token}}
				""")
			.variable("APP_VARIABLE", "${secret:prod/variable}")
			// Where a bootstrap context sees it too
			.arguments("--aws.secrets.spring-placeholders=true")
			.run()) {
			assertProperty("prod/db.password", context, "app.password");
			assertProperty("prod/token", context, "app.token");
			assertProperty("prod/token", context, "app.spare");
			assertProperty("prod/variable", context, "app.variable");
			assertSecret("prod/token", context.getEnvironment().resolvePlaceholders("${secret:prod/token}"));
		}
		assertThat(secretsServer().calls()).singleElement()
			.satisfies((call) -> assertThat(call.secretIds()).containsExactlyInAnyOrder("prod/db", "prod/token",
					"prod/variable"));
		assertThat(output).contains("Resolved 3 references and 1 import to 3 secrets in eu-west-1: 1 call, ")
			.doesNotContain(" WARN ");
	}

	@Test
	default void secretsWhenInLocalFileAreTakenFromThere(CapturedOutput output) throws IOException {
		Path file = Files.writeString(files().resolve("secrets.yml"),
				"prod/db: { password: '%s' }%n".formatted(Canary.value("prod/db.password", 1)));
		// Without the server, as one excludes the other
		try (ConfigurableApplicationContext context = local(file).yaml("""
				spring.config.import: secret:prod/db?prefix=app.
				other.password: $<secret:prod/db.password>
				""").run()) {
			assertProperty("prod/db.password", context, "app.password");
			assertProperty("prod/db.password", context, "other.password");
		}
		assertThat(secretsServer().calls()).isEmpty();
		assertThat(output).contains("Resolved 1 reference and 1 import to 1 secret in URL [file:");
	}

	private TestApplication local(Path file) {
		return inMode(TestApplication.in(files())).arguments("--aws.secrets.local=" + file.toUri());
	}

	private void createKeys() {
		secretsServer().create("prod/db", Canary.json("prod/db", 1, "password", "username"));
	}

}
