package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Chapter on references without a value: the report of them all, and applications that
 * start all the same, because of defaults, or by {@code aws.secrets.fail-fast} or
 * {@code aws.secrets.enabled}.
 */
interface FailureCases extends AcceptanceFixture {

	String DENIED = "Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded "
			+ "may not call secretsmanager:GetSecretValue on prod/payment. Allow it: { \"Effect\": \"Allow\", "
			+ "\"Action\": \"secretsmanager:GetSecretValue\", \"Resource\": "
			+ "\"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????\" }";

	String MISSING = "app.missing in application.yml:5:12: $<secret:prod/db.missing>: prod/db has "
			+ "no key 'missing'. Its keys: list, null, password. Add the key to the secret, correct the reference, or "
			+ "give it a default.";

	@Test
	default void reportWhenReferencesAreBadNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(withSecrets().yaml("""
				app:
				  password: $<secret:prod/db.password>
				  misspelled: $<secret:prod/db.pasword>
				  denied: $<secret:prod/payment.key:none>
				  list:
				  - plain
				  - $<secret:mail.smtp.password>
				  unclosed: $<secret:prod/db.password
				  chosen: $<secret:${no.such}/db.password>
				""").variable("APP_VARIABLE", "$<secret:prod/payment.url>"), output);
		assertThat(start.report()).isEqualTo(
				"""
						6 secret references could not be resolved (3 secrets, Region eu-west-1, as
						arn:aws:sts::123456789012:assumed-role/application/embedded):

						1. app.unclosed  in application.yml:8:13
						   Column 1: The reference has no closing '>'. Write '>' at its end; one after a '\\' or inside '${...}' does not
						   count.

						2. app.variable  in environment variable APP_VARIABLE
						   $<secret:prod/payment.url>
						   app.denied  in application.yml:4:11
						   $<secret:prod/payment.key:***>
						   Access denied: arn:aws:sts::123456789012:assumed-role/application/embedded may not call
						   secretsmanager:GetSecretValue on prod/payment.

						3. app.misspelled  in application.yml:3:15
						   $<secret:prod/db.pasword>
						   prod/db has no key 'pasword'. Its keys: list, null, password.

						4. app.list[1]  in application.yml:7:5
						   $<secret:mail.smtp.password>
						   No secret 'mail' in eu-west-1. (Looked for key 'smtp.password' of 'mail'; for a secret called
						   'mail.smtp.password' write $<secret:mail.smtp.password#>.)

						5. app.chosen  in application.yml:9:11
						   $<secret:${no.such}/db.password>
						   The placeholder 'no.such' in the reference names no property.

						Action:

						1. Correct the reference.
						2. Allow it: { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
						               "Resource": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/payment-??????" }
						3. Did you mean 'password'?
						4. Create the secret, correct the name, or set aws.secrets.region.
						5. Set the property, or write a default: ${no.such:...}.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
	}

	@Test
	default void runWhenNotFailingFastWarnsOfEachAndFailsItsReaders(CapturedOutput output) {
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
	default void reportWhenNotFailingFastAndBeanReadsUnresolvedReferenceNamesIt(CapturedOutput output) {
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
		return withSecrets().arguments("--aws.secrets.fail-fast=false").yaml("""
				app:
				  password: $<secret:prod/db.password>
				  key: $<secret:prod/payment.key:none>
				  url: $<secret:prod/payment.url>
				  missing: $<secret:prod/db.missing>
				chained: ${app.missing}
				""");
	}

	@Test
	default void runWhenDisabledAnswersDefaultsAndFailsOtherReaders(CapturedOutput output) {
		try (ConfigurableApplicationContext context = withSecrets().arguments("--aws.secrets.enabled=false").yaml("""
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
		assertThat(secretsServer().calls()).isEmpty();
		assertThat(output).doesNotContain("Resolved ");
	}

	@Test
	default void runWhenSecretOrKeyDoesNotExistAnswersDefault(CapturedOutput output) {
		try (ConfigurableApplicationContext context = withSecrets().yaml("""
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

	private TestApplication withSecrets() {
		secretsServer().create("prod/db",
				"{\"list\":[1],\"null\":null," + Canary.json("prod/db", 1, "password").substring(1));
		secretsServer().faults().add(Fault.denied().forSecret("prod/payment"));
		return newApplication();
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(" WARN "))
			.map((line) -> line.substring(line.indexOf(" : ") + 3))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Properties.class)
	class Reading {

	}

	@ConfigurationProperties("app")
	record Properties(String password, String url) {

	}

}
