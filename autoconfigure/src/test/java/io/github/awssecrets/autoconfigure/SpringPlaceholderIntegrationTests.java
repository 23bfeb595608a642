package io.github.awssecrets.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications that write references as <code>${secret:...}</code>.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpringPlaceholderIntegrationTests {

	private static final String SWITCH = "aws.secrets.spring-placeholders: true\n";

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void create() {
		server.reset();
		server.create("prod/db", Canary.json("prod/db", 1, "username", "password"));
		server.create("prod/job", "{\"cron\":\"-\"}");
	}

	@Test
	void runWhenSwitchedOnHasValuesEverywhere(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application(SWITCH + """
				app:
				  cron: ${secret:prod/job.cron}
				  password: ${APP_PASSWORD:${secret:prod/db.password}}
				""").variable("DB_USERNAME", "${secret:prod/db.username}").classes(Job.class).run()) {
			Environment environment = context.getEnvironment();
			String password = Canary.value("prod/db.password", 1);
			assertThat(password.equals(environment.getProperty("app.password"))).isTrue();
			assertThat(Canary.value("prod/db.username", 1).equals(environment.getProperty("db.username"))).isTrue();
			assertThat(password.equals(context.getBean(Job.class).password)).isTrue();
			assertThat(password.equals(environment.resolvePlaceholders("${secret:prod/db.password}"))).isTrue();
			assertThat(server.calls()).hasSize(1);
			assertThat(output).contains("Resolved 3 references to 2 secrets in").doesNotContain("${secret:");
		}
	}

	@Test
	void runWhenSwitchedOffWarnsOnce(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application("""
				app:
				  one: ${secret:prod/db.username}
				  two: ${secret:prod/db.password}
				""").run()) {
			assertThat(context.getEnvironment().getProperty("app.one")).isEqualTo("prod/db.username");
			assertThat(server.calls()).isEmpty();
			assertThat(output.toString().lines().filter((line) -> line.contains("${secret:"))).singleElement()
				.asString()
				.endsWith("app.one in application.yml:2:8: ${secret:...} is a placeholder of Spring's, not a "
						+ "reference. Write $<secret:name.key>, or set aws.secrets.spring-placeholders=true. Others are "
						+ "not warned of");
		}
	}

	@Test
	void reportWhenReferencesAreBadNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(application(SWITCH + """
				app:
				  missing: ${secret:prod/db.pasword}
				  default: ${secret:prod/db.password:hidden}
				  nested: ${secret:${app.env}/db.password}
				"""), output);
		assertThat(start.report()).isEqualTo("""
				3 secret references could not be resolved (1 secret, Region eu-west-1):

				1. app.default  in application.yml:4:12
				   Column 1: There can be no default in '${secret:...}'. Write $<secret:prod/db.password:***>.

				2. app.nested  in application.yml:5:11
				   Column 1: There can be no placeholder in '${secret:...}'. Write $<secret:${app.env}/db.password>.

				3. app.missing  in application.yml:3:12
				   ${secret:prod/db.pasword}
				   prod/db has no key 'pasword'. Its keys: password, username.

				Action:

				1, 2. Correct the reference.
				3. Did you mean 'password'?

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenPropertyIsCalledSecretNamesIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(application(SWITCH).variable("SECRET", "x"), output);
		assertThat(start.report()).isEqualTo(
				"""
						Property 'SECRET' is set in environment variable SECRET. As aws.secrets.spring-placeholders is true, ${secret:...} is a reference to a secret, and never this property with a default.

						Action:

						Rename the property, or remove aws.secrets.spring-placeholders and write references as $<secret:...>.
						""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void reportWhenImportedKeyIsCalledSecretNamesItBeforeContextIsPrepared(CapturedOutput output) {
		server.create("prod/odd", Canary.json("prod/odd", 1, "secret"));
		List<ApplicationPreparedEvent> prepared = new ArrayList<>();
		FailedStart start = FailedStart
			.of(application(SWITCH + "spring.config.import: secret:prod/odd").customize((application) -> application
				.addListeners((ApplicationListener<ApplicationPreparedEvent>) prepared::add)), output);
		assertThat(start.report()).isEqualTo(
				"""
						Property 'secret' is set in application.yml:2:23. As aws.secrets.spring-placeholders is true, ${secret:...} is a reference to a secret, and never this property with a default.

						Action:

						Rename the property, or remove aws.secrets.spring-placeholders and write references as $<secret:...>.
						""");
		assertThat(prepared).isEmpty();
	}

	@Test
	void reportWhenPropertyIsReadEarlyNamesIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(application(SWITCH + "logging.level.root: ${secret:prod/db.level}"), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. logging.level.root  in application.yml:2:21
				   ${secret:prod/db.level}
				   A reference cannot stand here: logging.* is read before secrets can be retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	private TestApplication application(String yaml) {
		return TestApplication.in(this.directory, server).yaml(yaml);
	}

	@EnableScheduling
	static class Job {

		@Value("${secret:prod/db.password}")
		private String password;

		@Scheduled(cron = "${secret:prod/job.cron}")
		void run() {
			throw new IllegalStateException("'-' means never");
		}

	}

}
