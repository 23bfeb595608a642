package io.github.awssecrets.autoconfigure;

import java.util.Map;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the report of an application with references that are refused before, or
 * whatever, AWS is asked: by the rules for references, of trust, and of what is allowed.
 */
class BadReferenceIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void create() {
		server.create("prod/db", Canary.json("prod/db", 1, "password", "env"));
	}

	@Test
	void reportWhenReferencesBreakTheRulesNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(application()
			.yaml("""
					region: us-east-1
					wrong: prod db
					app:
					  unclosed: "pass: $<secret:prod/db.password"
					  unclosed-after-escape: $<secret:prod/db.password\\\\>
					  empty-id: $<secret:.password>
					  empty-key: "$<secret:prod/db.>"
					  empty-reference: $<secret:>
					  unknown-option: $<secret:prod/db.password?stag=AWSPREVIOUS>
					  repeated-option: $<secret:prod/db.password?stage=A&stage=B>
					  empty-option: $<secret:prod/db.password?stage=>
					  both-options: $<secret:prod/db.password?stage=A&version=0123456789abcdef0123456789abcdef>
					  hash-in-option: $<secret:prod/db?stage=A#password>
					  region-of-arn: $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf.password?region=us-east-1>
					  region-of-placeholder: $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf.password?region=${region}>
					  no-region: $<secret:prod/db.password?region=ireland>
					  nested: $<secret:prod/db.$<secret:prod/other.key>>
					  nested-in-default: $<secret:prod/db.password:$<secret:prod/other.key>>
					  escape: $<secret:prod\\db.password>
					  pointer: $<secret:prod/db#/a~b>
					  space: $<secret:prod/my db.password>
					  umlaut: $<secret:prod/dü.password>
					  yielded: $<secret:${wrong}.password>
					  short-version: $<secret:prod/db.password?version=1>
					  partial-arn: $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db.password>
					  dotted-arn: $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:api.example.com-AbCdEf.key>
					  other-arn: $<secret:arn:aws:ssm:eu-west-1:123456789012:parameter/db>
					""")
			.arguments("--app.long=$<secret:" + "x/".repeat(256) + "x.password>"), output);
		assertThat(start.report().replace("x/".repeat(256), "x/.../")).isEqualTo(
				"""
						25 secret references could not be resolved (1 secret, Region eu-west-1):

						1. app.unclosed  in application.yml:4:13
						   Column 7: The reference has no closing '>'. Write '>' at its end; one after a '\\' or inside '${...}' does not
						   count.

						2. app.empty-id  in application.yml:6:13
						   app.empty-reference  in application.yml:8:20
						   Column 10: The id of the secret is empty. Write the name or ARN of a secret after '$<secret:', as in
						   $<secret:prod/db.password>.

						3. app.empty-key  in application.yml:7:14
						   Column 17: The key after the '.' is empty. Write a key there; for a secret called 'prod/db.' write
						   $<secret:prod/db.#>.

						4. app.unknown-option  in application.yml:9:19
						   Column 27: Unknown option 'stag'. There are stage, version and region; write '\\?' for a '?' that belongs to the
						   key, and '\\&' for a '&' in an option.

						5. app.repeated-option  in application.yml:10:20
						   Column 35: Option 'stage' is given twice. Write it once.

						6. app.empty-option  in application.yml:11:17
						   Column 27: Option 'stage' has no value. Write it as in '?stage=value'.

						7. app.both-options  in application.yml:12:17
						   Column 1: The options 'stage' and 'version' exclude each other. Write only one of them.

						8. app.hash-in-option  in application.yml:13:19
						   Column 25: A '#' in an option is written '\\#'. A key stands before the options, as in
						   $<secret:prod/db#password?stage=AWSPREVIOUS>.

						9. app.region-of-arn  in application.yml:14:18
						   Column 1: Option 'region' contradicts the Region of the ARN. Leave the option out.

						10. app.nested  in application.yml:17:11
						    Column 18: A reference cannot contain another reference. For literal text write '\\$<secret:'.

						11. app.nested-in-default  in application.yml:18:22
						    Column 27: A reference cannot contain another reference. For literal text write '\\$<secret:'.

						12. app.escape  in application.yml:19:11
						    Column 14: A '\\' escapes one of \\ > : . / # ? & [ ] $ only. For a backslash write '\\\\'.

						13. app.pointer  in application.yml:20:12
						    Column 18: In a pointer a '~' is written '~0', and a '/' inside a name '~1'.

						14. app.long  in command line argument --app.long
						    $<secret:x/.../x.password>
						    Column 1: The name of a secret has at most 512 characters, and this one has 513.

						15. app.unclosed-after-escape  in application.yml:5:26
						    $<secret:prod/db.password\\\\>
						    prod/db has no key 'password\\'. Its keys: env, password.

						16. app.region-of-placeholder  in application.yml:15:26
						    $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf.password?region=${region}>
						    Column 1: Option 'region' contradicts the Region of the ARN. Leave the option out.

						17. app.no-region  in application.yml:16:14
						    $<secret:prod/db.password?region=ireland>
						    Column 1: The Region is not the name of an AWS Region, such as eu-west-1.

						18. app.space  in application.yml:21:10
						    $<secret:prod/my db.password>
						    Column 1: The name of a secret cannot contain a space (its character 8). AWS allows ASCII letters, digits and
						    /_+=.@-!.

						19. app.umlaut  in application.yml:22:11
						    $<secret:prod/dü.password>
						    Column 1: The name of a secret cannot contain U+00FC (its character 7). AWS allows ASCII letters, digits and
						    /_+=.@-!.

						20. app.yielded  in application.yml:23:12
						    $<secret:${wrong}.password>
						    Column 1: The name of a secret cannot contain a space (its character 5). AWS allows ASCII letters, digits and
						    /_+=.@-!.

						21. app.short-version  in application.yml:24:18
						    $<secret:prod/db.password?version=1>
						    Column 1: A version id has 32 to 64 characters, and this one has 1.

						22. app.partial-arn  in application.yml:25:16
						    $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db.password>
						    Column 1: The ARN is incomplete: '-' and six characters are missing at its end, as in
						    arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf.

						23. app.dotted-arn  in application.yml:26:15
						    $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:api.example.com-AbCdEf.key>
						    Column 1: The ARN is incomplete: '-' and six characters are missing at its end, as in
						    arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf; for a secret called 'api.example.com' write
						    $<secret:arn:aws:secretsmanager:eu-west-1:123456789012:secret:api.example.com-AbCdEf#key>.

						24. app.other-arn  in application.yml:27:14
						    $<secret:arn:aws:ssm:eu-west-1:123456789012:parameter/db>
						    Column 1: The ARN is not that of a secret. Write it complete, as in
						    arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf.

						Action:

						1-14, 17-19, 21-24. Correct the reference.
						15. Did you mean 'password'?
						16, 20. Correct the reference, or what its placeholders yield.

						To start with what can be resolved, set aws.secrets.fail-fast=false.
						""");
		assertThat(server.calls()).hasSize(1);
	}

	@Test
	void reportWhenPlaceholdersOfReferencesAreBadNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				one: ${two}
				two: ${one}
				app:
				  missing: $<secret:${no.such}/db.password>
				  cyclic: $<secret:${one}/db.password>
				  cyclic-beside: ${one}-$<secret:prod/db.password>
				  chosen: $<secret:${environment.name}/db.password>
				  chosen-region: $<secret:prod/db.password?region=${environment.name}>
				  chosen-itself: $<secret:${app.chosen-itself}.password>
				  cyclic-default: $<secret:prod/none.password:${app.cyclic-default}>
				environment.name: prefix-${environment.first}
				environment.first: $<secret:prod/db.env>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				7 secret references could not be resolved:

				1. app.cyclic-beside  in application.yml:6:18
				   The placeholder 'one' leads back to itself.

				2. app.cyclic-default  in application.yml:10:19
				   $<secret:prod/none.password:***>
				   The default of the reference leads back to the reference.

				3. app.missing  in application.yml:4:12
				   $<secret:${no.such}/db.password>
				   The placeholder 'no.such' in the reference names no property.

				4. app.cyclic  in application.yml:5:11
				   $<secret:${one}/db.password>
				   The placeholder 'one' in the reference leads back to itself.

				5. app.chosen  in application.yml:7:11
				   $<secret:${environment.name}/db.password>
				   app.chosen-region  in application.yml:8:18
				   $<secret:prod/db.password?region=${environment.name}>
				   The content of a secret would choose this secret: a placeholder in the reference leads to property
				   'environment.first', which comes from a secret itself.

				6. app.chosen-itself  in application.yml:9:18
				   $<secret:${app.chosen-itself}.password>
				   The content of a secret would choose this secret: a placeholder in the reference leads to property
				   'app.chosen-itself', which comes from a secret itself.

				Action:

				1, 2, 4. Break the circle.
				3. Set the property, or write a default: ${no.such:...}.
				5, 6. Write the name of the secret in the reference, or take it from a property without reference.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenSourcesAreNotTrustedNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().arguments("--aws.secrets.untrusted-sources=*tenant*,other").yaml("""
					app:
					  indirect: ${tenant.password}
					  fine: $<secret:prod/db.password>
					""").customize((spring) -> spring.addInitializers((context) -> {
				context.getEnvironment()
					.getPropertySources()
					.addFirst(new MapPropertySource("manager", Map.of("app.managed", "$<secret:prod/db.password>")));
				context.getEnvironment()
					.getPropertySources()
					.addLast(new MapPropertySource("a tenant's",
							Map.of("tenant.password", "$<secret:prod/db.password>")));
			})), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved:

				1. app.managed  in property source 'manager'
				   $<secret:prod/db.password>
				   Not trusted: references in property source 'manager' are refused.

				2. tenant.password  in property source 'a tenant's'
				   $<secret:prod/db.password>
				   Not trusted: references in property source 'a tenant's' are refused.

				Action:

				1, 2. Move the reference to the application's own configuration.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
		assertThat(server.calls()).hasSize(1);
	}

	@Test
	void reportWhenSecretsAreNotAllowedNamesThemAll(CapturedOutput output) {
		FailedStart start = FailedStart.of(
				application()
					.arguments("--aws.secrets.allowed=prod/*,shared",
							"--aws.secrets.role-arn=arn:aws:iam::123456789012:role/orders")
					.yaml("""
							environment: test
							app:
							  name: $<secret:production/db.password>
							  placeholder: $<secret:${environment}/db.password>
							  default: $<secret:other:default>
							  other-region: $<secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf.password>
							  other-account: $<secret:arn:aws:secretsmanager:eu-west-1:210987654321:secret:prod/db-AbCdEf.password>
							"""),
				output);
		assertThat(start.report()).isEqualTo("""
				5 secret references could not be resolved:

				1. app.name  in application.yml:3:9
				   $<secret:production/db.password>
				   Not allowed: no entry of aws.secrets.allowed matches 'production/db'.

				2. app.placeholder  in application.yml:4:16
				   $<secret:${environment}/db.password>
				   Not allowed: no entry of aws.secrets.allowed matches 'test/db'.

				3. app.default  in application.yml:5:12
				   $<secret:other:***>
				   Not allowed: no entry of aws.secrets.allowed matches 'other'.

				4. app.other-region  in application.yml:6:17
				   $<secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf.password>
				   Not allowed: no entry of aws.secrets.allowed matches
				   'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf'.

				5. app.other-account  in application.yml:7:18
				   $<secret:arn:aws:secretsmanager:eu-west-1:210987654321:secret:prod/db-AbCdEf.password>
				   Not allowed: no entry of aws.secrets.allowed matches
				   'arn:aws:secretsmanager:eu-west-1:210987654321:secret:prod/db-AbCdEf'.

				Action:

				1-5. Add one that does, or correct the reference.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void runWhenSecretsAreAllowedStarts() {
		server.create("shared", Canary.value("shared", 1));
		try (ConfigurableApplicationContext context = application().arguments("--aws.secrets.allowed=pro*/d*,shared")
			.yaml("""
					app:
					  name: $<secret:prod/db.password>
					  shared: $<secret:shared>
					""")
			.run()) {
			assertThat(Canary.value("shared", 1).equals(context.getEnvironment().getProperty("app.shared"))).isTrue();
		}
	}

	@Test
	void reportWhenAnnotationHasBadReferenceSaysWhichBean(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().classes(Annotated.class), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved (Region eu-west-1):

				1. @Value  in bean 'badReferenceIntegrationTests.Annotated'
				   $<secret:prod/db.pasword>
				   prod/db has no key 'pasword'. Its keys: env, password.

				Action:

				1. Did you mean 'password'?
				""");
	}

	@Test
	void reportWhenSecretWouldBePartOfExpressionSuggestsTheProperty(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().yaml("db.password: $<secret:prod/db.password>").classes(Expression.class), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. @Value  in bean 'badReferenceIntegrationTests.Expression'
				   $<secret:prod/db.password>
				   The content of a secret would become part of an expression #{...}.

				Action:

				1. Read the property inside the expression: #{environment['db.password']}.
				""");
	}

	static class Annotated {

		@Value("$<secret:prod/db.pasword>")
		String password;

	}

	static class Expression {

		@Value("#{'${db.password}'.length()}")
		int length;

	}

}
