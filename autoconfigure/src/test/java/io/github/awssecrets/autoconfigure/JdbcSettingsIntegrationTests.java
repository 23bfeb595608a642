package io.github.awssecrets.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.UsedSecret;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the settings that name secrets for database connections.
 */
class JdbcSettingsIntegrationTests extends AbstractApplicationTests {

	@Test
	void dataSourceWhenSecretIsNamedNeedsNothingElse(CapturedOutput output) {
		create("postgres");
		try (ConfigurableApplicationContext context = application().jdbc()
			.yaml("aws.secrets.jdbc.secret: prod/db")
			.run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(pool.getJdbcUrl()).isEqualTo("jdbc:postgresql://db.example.com:5432/orders");
			assertThat(pool.getDriverClassName()).isEqualTo("org.postgresql.Driver");
			assertThat(pool.getDataSource()).as("what follows rotations").isNotNull();
			assertThat(context.getBean(SecretsEnvironment.class).usedSecrets()).singleElement()
				.extracting(UsedSecret::keys)
				.asString()
				.contains("username", "password");
		}
		assertThat(output).contains("Resolved 1 setting to 1 secret in eu-west-1: 1 call, ");
	}

	@Test
	void reportWhenNamedSecretsFailNamesThemAll(CapturedOutput output) {
		server.create("prod/text", Canary.value("prod/text", 1));
		server.create("prod/keys", Canary.json("prod/keys", 1, "host", "user"));
		FailedStart start = FailedStart.of(application().jdbc().yaml("""
				aws.secrets:
				  allowed: prod/*
				  jdbc:
				    secret: prod/missing
				    data-sources:
				      text: prod/text
				      keys: prod/keys
				      other: test/db
				"""), output);
		assertThat(start.report()).isEqualTo("""
				4 secret references could not be resolved (3 secrets, Region eu-west-1):

				1. aws.secrets.jdbc.secret  in application.yml:4:13
				   prod/missing
				   No secret 'prod/missing' in eu-west-1.

				2. aws.secrets.jdbc.data-sources.text  in application.yml:6:13
				   prod/text
				   prod/text is not a JSON object, and so has no keys to log in with.

				3. aws.secrets.jdbc.data-sources.keys  in application.yml:7:13
				   prod/keys
				   prod/keys has no key 'username' and no key 'password'. Its keys: host, user.

				4. aws.secrets.jdbc.data-sources.other  in application.yml:8:14
				   test/db
				   Not allowed: no entry of aws.secrets.allowed matches 'test/db'.

				Action:

				1. Create the secret, correct the name, or set aws.secrets.region.
				2, 3. Correct the secret, or the setting.
				4. Add one that does, or correct the setting.

				To start with what can be resolved, set aws.secrets.fail-fast=false.
				""");
	}

	@Test
	void reportWhenSettingHoldsReferenceAsksForName(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().jdbc().yaml("""
				aws.secrets.jdbc:
				  secret: $<secret:prod/db>
				  data-sources:
				    orders: $<secret:prod/orders.password>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				2 secret references could not be resolved:

				1. aws.secrets.jdbc.secret  in application.yml:2:11
				   $<secret:prod/db>
				   aws.secrets.jdbc.data-sources.orders  in application.yml:4:13
				   $<secret:prod/orders.password>
				   A reference cannot stand here: aws.secrets.* is read before secrets can be retrieved.

				Action:

				1. Write the name of the secret alone, without $<secret: and without a key.
				""");
	}

	@Test
	void reportWhenNameIsNoneSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart
			.of(application().jdbc().yaml("aws.secrets.jdbc.data-sources.orders: \"prod db\""), output);
		assertThat(start.report()).startsWith(
				"Invalid value 'prod db' for configuration property " + "'aws.secrets.jdbc.data-sources.orders'");
	}

	@Test
	void reportWhenEngineIsUnknownListsKnownOnes(CapturedOutput output) {
		create("docdb");
		FailedStart start = FailedStart.of(application().jdbc().yaml("aws.secrets.jdbc.secret: prod/db"), output);
		assertThat(start.report()).startsWith("""
				aws.secrets.jdbc.secret names a secret that does not say where the database is: \
				prod/db names an engine that is not known.

				Action:

				Known are: postgres, postgresql,""");
	}

	private static void create(String engine) {
		server.create("prod/db",
				"{\"engine\":\"%s\",\"host\":\"db.example.com\",\"port\":5432,\"dbname\":\"orders\",\"username\":\"app\",\"password\":\"%s\"}"
					.formatted(engine, Canary.value("prod/db.password", 1).replace("\"", "\\\"")));
	}

}
