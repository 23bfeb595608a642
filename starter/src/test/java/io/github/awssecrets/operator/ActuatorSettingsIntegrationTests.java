package io.github.awssecrets.operator;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.actuate.SecretsHealthIndicator;
import io.github.awssecrets.actuate.SecretsMetrics;
import io.github.awssecrets.actuate.SecretsObservations;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretOperations;
import io.github.awssecrets.env.InProcessSecrets;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.InProcessRetrieval;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.Customization;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.ValueMatcher;
import org.skyscreamer.jsonassert.comparator.CustomComparator;

import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what actuator shows under other settings than the defaults, and of who may see
 * or do what.
 */
class ActuatorSettingsIntegrationTests extends AbstractApplicationTests {

	private static final String DB = "prod/db";

	private static final String ANY_TIME = "any time";

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final String YAML = "app.password: $<secret:prod/db.password>\n";

	private TestApplication exposed() {
		return exposed(application());
	}

	private static TestApplication exposed(TestApplication application) {
		return application.arguments("--management.endpoints.web.exposure.include=*");
	}

	private static void assertJson(ConfigurableApplicationContext context, Object answer, String expected)
			throws Exception {
		String json = context.getBean(EndpointJsonMapper.class).get().writeValueAsString(answer);
		assertThat(CanaryScanner.scan("answer", json)).isEmpty();
		// By the clock of this machine
		ValueMatcher<Object> isTime = (value, text) -> text.equals(ANY_TIME)
				? Instant.parse(String.valueOf(value)).isAfter(START) : value.equals(text);
		ValueMatcher<Object> isNumber = (value, other) -> ((Number) value).doubleValue() >= 0;
		List<Customization> customizations = new ArrayList<>(
				List.of(new Customization("lastPoll", isTime), new Customization("measurements[1].value", isNumber),
						new Customization("measurements[2].value", isNumber)));
		for (int i = 0; i < 2; i++) {
			for (String name : List.of("retrieved", "rotated", "since", "lastPoll.time", "nextPoll")) {
				customizations.add(new Customization("secrets[%d].%s".formatted(i, name), isTime));
			}
		}
		assertThat(JSONCompare
			.compareJSON(expected, json,
					new CustomComparator(JSONCompareMode.STRICT, customizations.toArray(Customization[]::new)))
			.getMessage()).as(json).isEmpty();
	}

	private static void assertMetric(ConfigurableApplicationContext context, String name, String tag, String expected)
			throws Exception {
		assertJson(context, context.getBean(MetricsEndpoint.class).metric(name, List.of(tag)), expected);
	}

	private static void assertSecrets(ConfigurableApplicationContext context, String expected) throws Exception {
		assertJson(context, context.getBean(SecretsEndpoint.class).secrets(), expected);
	}

	private static void assertHealth(ConfigurableApplicationContext context, String expected) throws Exception {
		assertJson(context, context.getBean(HealthEndpoint.class).healthForPath("secrets"), expected);
	}

	@Test
	void secretsWhenNotWatchedCanStillBePolled() throws Exception {
		server.create(DB, Canary.json(DB, 1, "password"));
		String first = server.versionId(DB);
		try (ConfigurableApplicationContext context = exposed().yaml(YAML).run()) {
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": false,
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "%s",
					      "region": "eu-west-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "any time",
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(server.arn(DB), first));
			assertHealth(context, """
					{ "status": "UP", "details": { "secrets": 1 } }
					""");
			String second = server.put(DB, Canary.json(DB, 2, "password"));
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{
					  "secrets": [ { "id": "prod/db", "outcome": "rotated", "from": "%s", "versionId": "%s" } ]
					}
					""".formatted(first, second));
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": false,
					  "lastPoll": "any time",
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "%s",
					      "region": "eu-west-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "any time",
					      "rotated": "any time",
					      "lastPoll": { "time": "any time", "outcome": "accepted" },
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(server.arn(DB), second));
		}
	}

	@Test
	void secretsWhenTheyComeFromAFileHaveNoRegion() throws Exception {
		Path file = this.directory.resolve("secrets.yml");
		Files.writeString(file, "prod/db: " + Canary.json(DB, 1, "password"));
		try (ConfigurableApplicationContext context = exposed(TestApplication.in(this.directory)).yaml(YAML)
			.arguments("--aws.secrets.local=" + file.toUri())
			.run()) {
			String versionId = context.getBean(SecretsEndpoint.class).secrets().secrets().get(0).versionId();
			assertSecrets(context, """
					{
					  "watching": false,
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "arn:aws:secretsmanager:local:000000000000:secret:prod/db-000000",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "any time",
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(versionId));
		}
	}

	@Test
	void secretsWhenReferencesAreNotResolvedAreDisabledAndNoneIsPolled() throws Exception {
		try (ConfigurableApplicationContext context = exposed().yaml(YAML)
			.arguments("--aws.secrets.enabled=false")
			.run()) {
			assertSecrets(context,
					"""
							{
							  "region": "eu-west-1",
							  "watching": false,
							  "secrets": [
							    {
							      "id": "prod/db",
							      "region": "eu-west-1",
							      "state": "disabled",
							      "properties": [
							        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
							      ]
							    }
							  ],
							  "unresolved": [
							    {
							      "property": "app.password",
							      "origin": "application.yml:1:15",
							      "reference": "$<secret:prod/db.password>",
							      "error": "References are not resolved, as aws.secrets.enabled is false.",
							      "action": "Set aws.secrets.enabled=true, or give property 'app.password' a value without reference."
							    }
							  ]
							}
							""");
			assertHealth(context, """
					{
					  "status": "DOWN",
					  "details": {
					    "secrets": 1,
					    "unresolved": {
					      "app.password": "References are not resolved, as aws.secrets.enabled is false."
					    }
					  }
					}
					""");
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{ "secrets": [] }
					""");
		}
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void secretsWhenReferencesHaveNoValueAreDownUntilTheyHave() throws Exception {
		try (ConfigurableApplicationContext context = exposed().yaml("""
				app:
				  password: $<secret:prod/db.password>
				  broken: $<secret:prod/db.password
				""").arguments("--aws.secrets.fail-fast=false").run()) {
			assertSecrets(context,
					"""
							{
							  "region": "eu-west-1",
							  "watching": false,
							  "secrets": [
							    {
							      "id": "prod/db",
							      "region": "eu-west-1",
							      "state": "absent",
							      "lastPoll": {
							        "outcome": "failed",
							        "cause": "not found",
							        "error": "No secret 'prod/db' in eu-west-1.",
							        "action": "Create the secret, correct the name, or set aws.secrets.region."
							      },
							      "properties": [
							        { "name": "app.password", "key": "password", "origin": "application.yml:2:13" }
							      ]
							    }
							  ],
							  "unresolved": [
							    {
							      "property": "app.broken",
							      "origin": "application.yml:3:11",
							      "error": "Column 1: The reference has no closing '>'. Write '>' at its end; one after a '\\\\' or inside '${...}' does not count.",
							      "action": "Correct the reference."
							    },
							    {
							      "property": "app.password",
							      "origin": "application.yml:2:13",
							      "reference": "$<secret:prod/db.password>",
							      "error": "No secret 'prod/db' in eu-west-1. (Looked for key 'password' of 'prod/db'; for a secret called 'prod/db.password' write $<secret:prod/db.password#>.)",
							      "action": "Create the secret, correct the name, or set aws.secrets.region."
							    }
							  ]
							}
							""");
			assertHealth(context,
					"""
							{
							  "status": "DOWN",
							  "details": {
							    "secrets": 1,
							    "unresolved": {
							      "app.broken": "Column 1: The reference has no closing '>'. Write '>' at its end; one after a '\\\\' or inside '${...}' does not count.",
							      "app.password": "No secret 'prod/db' in eu-west-1. (Looked for key 'password' of 'prod/db'; for a secret called 'prod/db.password' write $<secret:prod/db.password#>.)"
							    }
							  }
							}
							""");
			server.create(DB, Canary.json(DB, 1, "password"));
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{ "secrets": [ { "id": "prod/db", "outcome": "rotated", "versionId": "%s" } ] }
					""".formatted(server.versionId(DB)));
			assertHealth(context,
					"""
							{
							  "status": "DOWN",
							  "details": { "secrets": 1, "unresolved": { "app.broken": "Column 1: The reference has no closing '>'. Write '>' at its end; one after a '\\\\' or inside '${...}' does not count." } }
							}
							""");
		}
	}

	@Test
	void secretsWhenNoneIsInUseAreNone() throws Exception {
		try (ConfigurableApplicationContext context = exposed().yaml("app.plain: text\n").watched().run()) {
			assertSecrets(context, """
					{ "region": "eu-west-1", "watching": false, "secrets": [], "unresolved": [] }
					""");
			assertHealth(context, """
					{ "status": "UP", "details": { "secrets": 0 } }
					""");
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{ "secrets": [] }
					""");
		}
		assertThat(server.calls()).isEmpty();
	}

	@Test
	void pollWhenRefreshFailsSaysThatTheVersionIsPending() throws Exception {
		server.create(DB, Canary.json(DB, 1, "password"));
		try (ConfigurableApplicationContext context = exposed().yaml(YAML)
			.customize((application) -> application.addListeners(new FailingListener()))
			.run()) {
			String second = server.put(DB, Canary.json(DB, 2, "password"));
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{
					  "secrets": [
					    {
					      "id": "prod/db",
					      "outcome": "pending",
					      "from": "%s",
					      "versionId": "%s",
					      "pendingVersionId": "%s",
					      "error": "java.lang.IllegalStateException"
					    }
					  ]
					}
					""".formatted(server.versionIds(DB).get(0), second, second));
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": false,
					  "lastPoll": "any time",
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "%s",
					      "region": "eu-west-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "pending",
					      "pendingVersionId": "%s",
					      "retrieved": "any time",
					      "rotated": "any time",
					      "lastPoll": { "time": "any time", "outcome": "accepted" },
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(server.arn(DB), second, second));
			assertHealth(context, """
					{ "status": "UP", "details": { "secrets": 1 } }
					""");
			assertMetric(context, "aws.secrets.secrets", "state:pending", """
					{
					  "name": "aws.secrets.secrets",
					  "description": "Watched secrets by their state",
					  "measurements": [ { "statistic": "VALUE", "value": 1.0 } ],
					  "availableTags": []
					}
					""");
			assertMetric(context, "aws.secrets.refresh", "outcome:failed", """
					{
					  "name": "aws.secrets.refresh",
					  "baseUnit": "seconds",
					  "measurements": [
					    { "statistic": "COUNT", "value": 1.0 },
					    { "statistic": "TOTAL_TIME", "value": 0.0 },
					    { "statistic": "MAX", "value": 0.0 }
					  ],
					  "availableTags": [ { "tag": "error", "values": [ "FailedException" ] } ]
					}
					""");
		}
	}

	@Test
	void pollWhenItFailsAsAWholeIsInEndpointAndHealth() throws Exception {
		InProcessRetrieval retrieval = new InProcessRetrieval().secret(DB, Canary.json(DB, 1, "password"));
		try (ConfigurableApplicationContext context = exposed().yaml(YAML)
			.customize((application) -> InProcessSecrets.use(application, retrieval))
			.run()) {
			retrieval.close();
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{
					  "secrets": [
					    {
					      "id": "prod/db",
					      "outcome": "failed",
					      "versionId": "%s",
					      "error": "java.lang.IllegalStateException"
					    }
					  ]
					}
					""".formatted(InProcessRetrieval.VERSION_ID));
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": false,
					  "lastPoll": "any time",
					  "pollError": "java.lang.IllegalStateException",
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
					      "region": "eu-west-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "1970-01-01T00:00:00Z",
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(InProcessRetrieval.VERSION_ID));
			assertHealth(context, """
					{
					  "status": "UP",
					  "details": { "secrets": 1, "pollError": "java.lang.IllegalStateException" }
					}
					""");
			assertMetric(context, "aws.secrets.polls", "outcome:failed", """
					{
					  "name": "aws.secrets.polls",
					  "description": "Polls of the secrets in use",
					  "measurements": [ { "statistic": "COUNT", "value": 1.0 } ],
					  "availableTags": []
					}
					""");
		}
	}

	@Test
	void secretsWhenOfAnotherStageOrRegionSaySo() throws Exception {
		server.create(DB, Canary.json(DB, 1, "password"));
		String first = server.versionId(DB);
		server.put(DB, Canary.json(DB, 2, "password"));
		SecretOperations elsewhere = server.inRegion("us-east-1");
		elsewhere.create("prod/other", Canary.json("prod/other", 1, "password"));
		try (ConfigurableApplicationContext context = exposed().yaml("""
				app:
				  previous: $<secret:prod/db.password?stage=AWSPREVIOUS>
				  elsewhere: $<secret:prod/other.password?region=us-east-1>
				""").run()) {
			server.faults().add(Fault.decryptionFailure().forSecret(DB));
			assertJson(context, context.getBean(SecretsEndpoint.class).poll(), """
					{
					  "secrets": [
					    {
					      "id": "prod/db",
					      "stage": "AWSPREVIOUS",
					      "outcome": "failed",
					      "versionId": "%s",
					      "cause": "decryption failed",
					      "error": "AWS could not decrypt prod/db: its KMS key is disabled, deleted or invalid.",
					      "action": "Enable the secret's KMS key, or encrypt the secret with another one."
					    },
					    { "id": "prod/other", "outcome": "unchanged", "versionId": "%s" }
					  ]
					}
					""".formatted(first, elsewhere.versionId("prod/other")));
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": false,
					  "lastPoll": "any time",
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "%s",
					      "region": "eu-west-1",
					      "stage": "AWSPREVIOUS",
					      "versionId": "%s",
					      "stages": [ "AWSPREVIOUS" ],
					      "state": "failing",
					      "since": "any time",
					      "retrieved": "any time",
					      "lastPoll": {
					        "time": "any time",
					        "outcome": "failed",
					        "cause": "decryption failed",
					        "error": "AWS could not decrypt prod/db: its KMS key is disabled, deleted or invalid.",
					        "action": "Enable the secret's KMS key, or encrypt the secret with another one."
					      },
					      "properties": [
					        { "name": "app.previous", "key": "password", "origin": "application.yml:2:13" }
					      ]
					    },
					    {
					      "id": "prod/other",
					      "arn": "%s",
					      "region": "us-east-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "any time",
					      "lastPoll": { "time": "any time", "outcome": "unchanged" },
					      "properties": [
					        { "name": "app.elsewhere", "key": "password", "origin": "application.yml:3:14" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(server.arn(DB), first, elsewhere.arn("prod/other"),
					elsewhere.versionId("prod/other")));
			assertHealth(context,
					"""
							{
							  "status": "UP",
							  "details": {
							    "secrets": 2,
							    "degraded": {
							      "prod/db (AWSPREVIOUS)": "AWS could not decrypt prod/db: its KMS key is disabled, deleted or invalid. Version %s stays in use."
							    }
							  }
							}
							"""
						.formatted(first.substring(0, 8)));
		}
	}

	@Test
	void secretsWhenOneWentBackAreUnconfirmedFirst() throws Exception {
		server.create(DB, Canary.json(DB, 1, "password"));
		String first = server.versionId(DB);
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = exposed().yaml(YAML)
			.watched(time)
			.arguments("--aws.secrets.watch.interval=60s", "--aws.secrets.watch.jitter=0")
			.run()) {
			String second = server.put(DB, Canary.json(DB, 2, "password"));
			context.getBean(SecretsWatcher.class).pollSoon();
			server.moveStage(DB, "AWSCURRENT", first);
			context.getBean(SecretsWatcher.class).pollSoon();
			assertSecrets(context, """
					{
					  "region": "eu-west-1",
					  "watching": true,
					  "lastPoll": "2026-11-22T10:00:00Z",
					  "nextPoll": "2026-11-22T10:01:00Z",
					  "secrets": [
					    {
					      "id": "prod/db",
					      "arn": "%s",
					      "region": "eu-west-1",
					      "versionId": "%s",
					      "stages": [ "AWSCURRENT" ],
					      "state": "current",
					      "retrieved": "2026-11-22T10:00:00Z",
					      "rotated": "2026-11-22T10:00:00Z",
					      "lastPoll": { "time": "2026-11-22T10:00:00Z", "outcome": "unconfirmed" },
					      "nextPoll": "2026-11-22T10:00:02Z",
					      "properties": [
					        { "name": "app.password", "key": "password", "origin": "application.yml:1:15" }
					      ]
					    }
					  ],
					  "unresolved": []
					}
					""".formatted(server.arn(DB), second));
		}
	}

	@Test
	void healthWhenImportOrSettingHasNoValueIsDown() throws Exception {
		try (ConfigurableApplicationContext context = exposed().yaml("""
				spring.config.import: "secret:prod/none"
				aws.secrets.jdbc.data-sources.other: prod/none
				""").arguments("--aws.secrets.fail-fast=false").run()) {
			assertHealth(context, """
					{
					  "status": "DOWN",
					  "details": {
					    "secrets": 1,
					    "unresolved": {
					      "spring.config.import": "No secret 'prod/none' in eu-west-1.",
					      "aws.secrets.jdbc.data-sources.other": "No secret 'prod/none' in eu-west-1."
					    }
					  }
					}
					""");
		}
	}

	@Test
	void secretWhenNameHasSlashesThatNoPathHasIsFound() throws Exception {
		server.create("/prod//db", Canary.json("/prod//db", 1, "password"));
		try (ConfigurableApplicationContext context = exposed().yaml("app.password: $<secret:/prod//db.password>\n")
			.run()) {
			SecretsEndpoint endpoint = context.getBean(SecretsEndpoint.class);
			String all = endpoint.secrets().toString();
			assertThat(endpoint.secret("", "prod", "", "db")).hasToString(all);
			assertThat(endpoint.secret("prod", "db")).hasToString(all);
			assertThat(endpoint.secret("prod")).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource({ "current, 3", "pending, 3", "previous, 1", "none, 9" })
	void metricsWhenDatabaseRefusesLoginTellWhichVersionItTook(String outcome, int password) throws Exception {
		String url = "jdbc:h2:mem:actuator-%s;DB_CLOSE_DELAY=-1".formatted(outcome);
		server.create(DB, Canary.json(DB, 1, "password"));
		server.put(DB, Canary.json(DB, 2, "password"));
		try (Connection owner = DriverManager.getConnection(url, "SA", "");
				Statement statement = owner.createStatement();
				ConfigurableApplicationContext context = exposed().jdbc()
					.yaml("""
							spring:
							  sql.init.mode: never
							  datasource:
							    url: %s
							    username: app
							    password: $<secret:prod/db.password>
							    hikari.connection-timeout: 250
							""".formatted(url))
					.arguments("--spring.autoconfigure.exclude=" + HibernateJpaAutoConfiguration.class.getName() + ","
							+ DataJpaRepositoriesAutoConfiguration.class.getName())
					.run()) {
			statement
				.execute("CREATE USER APP PASSWORD '%s' ADMIN".formatted(Canary.value(DB + ".password", password)));
			if (!outcome.equals("previous")) {
				server.put(DB, Canary.json(DB, 3, "password"), outcome.equals("pending") ? "AWSPENDING" : "AWSCURRENT");
			}
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			if (outcome.equals("none")) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
			}
			else {
				pool.getConnection().close();
			}
			assertMetric(context, "aws.secrets.jdbc.retries", "name:dataSource", """
					{
					  "name": "aws.secrets.jdbc.retries",
					  "description": "Logins for which other versions of a secret were tried",
					  "measurements": [ { "statistic": "COUNT", "value": 1.0 } ],
					  "availableTags": [ { "tag": "outcome", "values": [ "%s" ] } ]
					}
					""".formatted(outcome));
			pool.close();
			statement.execute("SHUTDOWN");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "--x=y; secret, secrets",
					"--management.endpoint.secrets.access=unrestricted; poll, secret, secrets",
					"--management.endpoints.access.default=unrestricted; poll, secret, secrets",
					"--management.endpoints.access.max-permitted=read-only; secret, secrets" })
	void operationsWhenAccessIsNotGrantedHaveNoPoll(String argument, String operations) {
		try (ConfigurableApplicationContext context = exposed()
			.arguments("--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=secrets", argument)
			.run()) {
			assertThat(context.getBean(JmxEndpointsSupplier.class)
				.getEndpoints()
				.stream()
				.flatMap((endpoint) -> endpoint.getOperations().stream())
				.map((operation) -> operation.getName())
				.sorted()
				.collect(Collectors.joining(", "))).isEqualTo(operations);
		}
	}

	@Test
	void secretsWhenAskedForByJmxAreTheSame() throws Exception {
		server.create(DB, Canary.json(DB, 1, "password"));
		try (ConfigurableApplicationContext context = exposed().yaml(YAML)
			.arguments("--spring.jmx.enabled=true", "--management.endpoints.jmx.exposure.include=secrets",
					"--management.endpoints.jmx.domain=operator")
			.run()) {
			assertThat(context.getBeansOfType(SecretsEndpoint.class)).hasSize(1);
			Object answer = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("operator:type=Endpoint,name=Secrets"), "secrets", new Object[0], new String[0]);
			assertJson(context, answer,
					context.getBean(EndpointJsonMapper.class)
						.get()
						.writeValueAsString(context.getBean(SecretsEndpoint.class).secrets()));
		}
	}

	@Test
	void pollWhenAccessIsNotGrantedIsRefusedByHttp() throws Exception {
		try (OperatedApplication operated = new OperatedApplication()) {
			operated.start(this.directory, OperatedApplication::asWebApplication);
			assertThat(operated.post("/secrets").statusCode()).isEqualTo(405);
			assertThat(operated.get("/secrets").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void secretsWhenAnswersAreCachedAreThoseOfBefore() throws Exception {
		try (OperatedApplication operated = new OperatedApplication()) {
			operated.server.create(DB, Canary.json(DB, 1, "password"));
			operated.start(this.directory,
					(application) -> OperatedApplication.asWebApplication(application.yaml(YAML)
						.arguments("--management.endpoint.secrets.cache.time-to-live=10m",
								"--management.endpoint.secrets.access=unrestricted")));
			String before = operated.get("/secrets").body();
			String second = operated.server.put(DB, Canary.json(DB, 2, "password"));
			assertThat(operated.post("/secrets").body()).contains(second);
			assertThat(operated.get("/secrets").body()).isEqualTo(before);
			assertThat(operated.get("/secrets/prod/db").body()).contains(second);
		}
	}

	@Test
	void endpointAndHealthWhenNotAskedForAreNotThere() {
		try (ConfigurableApplicationContext context = application()
			.arguments("--management.health.secrets.enabled=false")
			.run()) {
			assertThat(context.getBeansOfType(SecretsEndpoint.class)).isEmpty();
			assertThat(context.getBeansOfType(SecretsHealthIndicator.class)).isEmpty();
			assertThat(context.getBeansOfType(SecretsMetrics.class)).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health", "io.micrometer" })
	void startWhenClassesAreMissingLeavesOutWhatNeedsThem(String packageName) {
		// Those of Boot itself are not made to have half of their classes
		String others = ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.matches("org\\.springframework\\.boot\\.(actuate|health|micrometer)\\..*"))
			.collect(Collectors.joining(","));
		try (ConfigurableApplicationContext context = exposed().yaml("app.plain: text\n")
			.arguments("--spring.autoconfigure.exclude=" + others)
			.customize((application) -> application
				.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader(packageName))))
			.run()) {
			assertThat(Map
				.of("org.springframework.boot.actuate", context.getBeansOfType(SecretsEndpoint.class),
						"org.springframework.boot.health", context.getBeansOfType(SecretsHealthIndicator.class),
						"io.micrometer", context.getBeansOfType(SecretsObservations.class))
				.get(packageName)).isEmpty();
		}
	}

	/**
	 * Fails with a value in its message.
	 */
	private static final class FailingListener implements ApplicationListener<EnvironmentChangeEvent> {

		@Override
		public void onApplicationEvent(EnvironmentChangeEvent event) {
			throw new IllegalStateException("Failed with " + Canary.value(DB + ".password", 2));
		}

	}

}
