package io.github.awssecrets.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.env.UnresolvedReferenceException;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for applications that start although references have no value: because these have
 * defaults, or by {@code aws.secrets.fail-fast} or {@code aws.secrets.enabled}.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailFastIntegrationTests {

	private static final String DENIED = "Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded "
			+ "may not call secretsmanager:GetSecretValue on prod/payment. Allow it: { \"Effect\": \"Allow\", "
			+ "\"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": "
			+ "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????\" }";

	private static final String MISSING = "app.missing in application.yml:5:12: $<secret:prod/db.missing>: prod/db has "
			+ "no key 'missing'. Its keys: list, null, password. Add the key to the secret, correct the reference, or "
			+ "give it a default.";

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
		server.create("prod/db", "{\"list\":[1],\"null\":null," + Canary.json("prod/db", 1, "password").substring(1));
		server.faults().add(Fault.denied().forSecret("prod/payment"));
	}

	@Test
	void runWhenNotFailingFastWarnsOfEachAndFailsItsReaders(CapturedOutput output) {
		try (ConfigurableApplicationContext context = notFailingFast().run()) {
			Environment environment = context.getEnvironment();
			assertThat(Canary.value("prod/db.password", 1).equals(environment.getProperty("app.password"))).isTrue();
			assertThat(warnings(output)).containsExactly(
					"Unresolved reference: reading it will fail. app.key in application.yml:3:8: "
							+ "$<secret:prod/payment.key:***>: " + DENIED,
					"Unresolved reference: reading it will fail. app.url in application.yml:4:8: "
							+ "$<secret:prod/payment.url>: " + DENIED,
					"Unresolved reference: reading it will fail. " + MISSING);
			assertThat(output.getAll().lines().filter((line) -> line.contains("Resolved "))).singleElement()
				.asString()
				.contains("Resolved all but 3 of 4 references to 2 secrets in eu-west-1: ");
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> environment.getProperty("app.missing"))
				.withMessage(MISSING);
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> environment.getProperty("chained"))
				.withMessage(MISSING);
		}
	}

	@Test
	void reportWhenNotFailingFastAndBeanReadsUnresolvedReferenceNamesIt(CapturedOutput output) {
		FailedStart start = FailedStart.of(notFailingFast().classes(Reading.class), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1, as
				arn:aws:sts::123456789012:assumed-role/application/embedded):

				1. app.url  in application.yml:4:8
				   $<secret:prod/payment.url>
				   Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded may not call
				   secretsmanager:GetSecretValue on prod/payment.

				Action:

				1. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
				               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????" }
				""");
	}

	private TestApplication notFailingFast() {
		return application().arguments("--aws.secrets.fail-fast=false").yaml("""
				app:
				  password: $<secret:prod/db.password>
				  key: $<secret:prod/payment.key:none>
				  url: $<secret:prod/payment.url>
				  missing: $<secret:prod/db.missing>
				chained: ${app.missing}
				""");
	}

	@Test
	void runWhenDisabledAnswersDefaultsAndFailsOtherReaders(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().arguments("--aws.secrets.enabled=false").yaml("""
				app:
				  password: $<secret:prod/db.password>
				  default: $<secret:prod/db.password:changeit>
				  plain: text
				""").run()) {
			Environment environment = context.getEnvironment();
			String message = "app.password in application.yml:2:13: $<secret:prod/db.password>: References are not "
					+ "resolved, as aws.secrets.enabled is false. Set aws.secrets.enabled=true, or give property "
					+ "'app.password' a value without reference.";
			assertThat(environment.getProperty("app.default")).isEqualTo("changeit");
			assertThat(environment.getProperty("app.plain")).isEqualTo("text");
			assertThat(warnings(output)).containsExactly("Unresolved reference: reading it will fail. " + message);
			assertThatExceptionOfType(UnresolvedReferenceException.class)
				.isThrownBy(() -> environment.getProperty("app.password"))
				.withMessage(message);
		}
		assertThat(server.calls()).isEmpty();
		assertThat(output).doesNotContain("Resolved ");
	}

	@Test
	void runWhenSecretOrKeyDoesNotExistAnswersDefault(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().yaml("""
				fallback: f
				app:
				  secret: $<secret:prod/none.key:a>
				  key: $<secret:prod/db.none:b>
				  null: $<secret:prod/db.null:c>
				  index: $<secret:prod/db.list[1]:d>
				  empty: "$<secret:prod/db.none:>"
				  placeholder: $<secret:prod/db.none:${fallback}>
				""").run()) {
			Environment environment = context.getEnvironment();
			assertThat(List.of("secret", "key", "[null]", "index", "empty", "placeholder"))
				.extracting((name) -> environment.getProperty(name.startsWith("[") ? "app" + name : "app." + name))
				.containsExactly("a", "b", "c", "d", "", "f");
		}
		assertThat(warnings(output)).isEmpty();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(" WARN "))
			.map((line) -> line.substring(line.indexOf(" : ") + 3))
			.toList();
	}

	private TestApplication application() {
		return TestApplication.in(this.directory, server);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Properties.class)
	static class Reading {

	}

	@ConfigurationProperties("app")
	record Properties(String password, String url) {

	}

}
