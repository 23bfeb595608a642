package io.github.awssecrets.operator;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.skyscreamer.jsonassert.Customization;
import org.skyscreamer.jsonassert.JSONAssert;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.ValueMatcher;
import org.skyscreamer.jsonassert.comparator.CustomComparator;

import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of every answer that actuator gives about secrets, by HTTP and exactly. One
 * application goes from its start through a rotation, a rejected one, a failure and the
 * end of it: each test is a moment of that.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ActuatorIntegrationTests {

	private static final String DB = "prod/db";

	private static final String[] KEYS = { "host", "username", "password" };

	/* By the clock of this machine, not that of the test */
	private static final String AT_START = "any time";

	private static final String DB_PROPERTIES = """
			{ "name": "app.password", "key": "password", "origin": "application.yml:2:13" },
			{ "name": "app.url", "key": "host", "origin": "application.yml:3:8" },
			{ "name": "app.alias", "key": "password", "origin": "application.yml:4:10" },
			{ "name": "app.user", "key": "username", "origin": "application.yml:5:9" }
			""";

	private static final String DB_CURRENT = """
			{
			  "id": "prod/db",
			  "arn": "{db}",
			  "region": "eu-west-1",
			  "versionId": "{db1}",
			  "stages": [ "AWSCURRENT" ],
			  "state": "current",
			  "retrieved": "2026-11-22T10:00:00Z",
			  "lastPoll": { "time": "2026-11-22T10:00:00Z", "outcome": "unchanged" },
			  "nextPoll": "2026-11-22T10:01:00Z",
			  "properties": [ %s ]
			}
			""".formatted(DB_PROPERTIES);

	/* Not watched, as it never changes */
	private static final String DB_PINNED = """
			{
			  "id": "prod/db",
			  "arn": "{db}",
			  "region": "eu-west-1",
			  "version": "{db1}",
			  "versionId": "{db1}",
			  "stages": [ "AWSCURRENT" ],
			  "state": "current",
			  "retrieved": "any time",
			  "properties": [ { "name": "app.pinned", "key": "password", "origin": "application.yml:8:11" } ]
			}
			""";

	private static final String TOKEN_CURRENT = """
			{
			  "id": "prod/token",
			  "arn": "{token}",
			  "region": "eu-west-1",
			  "versionId": "{token1}",
			  "stages": [ "AWSCURRENT" ],
			  "state": "current",
			  "retrieved": "2026-11-22T10:00:00Z",
			  "lastPoll": { "time": "2026-11-22T10:00:00Z", "outcome": "unchanged" },
			  "nextPoll": "2026-11-22T10:01:00Z",
			  "properties": [ { "name": "app.token", "origin": "application.yml:6:10" } ]
			}
			""";

	private static final String POLICY_CURRENT = """
			{
			  "id": "policy",
			  "arn": "{policy}",
			  "region": "eu-west-1",
			  "versionId": "{policy1}",
			  "stages": [ "AWSCURRENT" ],
			  "state": "current",
			  "retrieved": "2026-11-22T10:00:00Z",
			  "lastPoll": { "time": "2026-11-22T10:00:00Z", "outcome": "unchanged" },
			  "nextPoll": "2026-11-22T10:01:00Z",
			  "properties": [ { "name": "app.policy", "origin": "application.yml:7:11" } ]
			}
			""";

	private static final String SINGLE = """
			{
			  "region": "eu-west-1",
			  "watching": true,
			  "lastPoll": "2026-11-22T10:00:00Z",
			  "nextPoll": "2026-11-22T10:01:00Z",
			  "secrets": [ %s ],
			  "unresolved": []
			}
			""";

	private static final String ABSENT_POLLED = """
			{
			  "id": "prod/absent",
			  "outcome": "absent",
			  "cause": "not found",
			  "error": "No secret 'prod/absent' in eu-west-1.",
			  "action": "Create the secret, correct the name, or set aws.secrets.region."
			}
			""";

	private static final String TOKEN_POLLED = """
			{ "id": "prod/token", "outcome": "unchanged", "versionId": "{token1}" }
			""";

	/* What a poll says of all secrets but these two */
	private static final String POLLED = """
			{
			  "secrets": [
			    %s,
			    %s,
			    { "id": "policy", "outcome": "unchanged", "versionId": "{policy1}" },
			    { "id": "prod/db", "version": "{db1}", "outcome": "unchanged", "versionId": "{db1}" },
			    %s
			  ]
			}
			""";

	private static final OperatedApplication application = new OperatedApplication();

	@TempDir
	private static Path directory;

	@BeforeAll
	static void start() {
		application.server.create(DB, Canary.json(DB, 1, KEYS));
		application.name("db1", application.server.versionId(DB)).name("db", application.server.arn(DB));
		application.server.create("prod/token", Canary.value("prod/token", 1));
		application.name("token1", application.server.versionId("prod/token"))
			.name("token", application.server.arn("prod/token"));
		// The name that the endpoint keeps to itself
		application.server.create("policy", Canary.value("policy", 1));
		application.name("policy1", application.server.versionId("policy"))
			.name("policy", application.server.arn("policy"));
		application.start(directory,
				(app) -> OperatedApplication.asWebApplication(app.yaml(application.expected("""
						app:
						  password: $<secret:prod/db.password>
						  url: jdbc:postgresql://$<secret:prod/db.host>/orders
						  alias: ${app.password}
						  user: $<secret:{db}.username>
						  token: $<secret:prod/token>
						  policy: $<secret:policy>
						  pinned: $<secret:prod/db.password?version={db1}>
						  optional: $<secret:prod/absent.key:none>
						"""))
					.arguments("--management.endpoint.health.probes.enabled=true",
							"--management.endpoint.secrets.access=unrestricted")));
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	private static void assertAnswer(String path, String expected) throws Exception {
		HttpResponse<String> response = application.get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(compare(application.expected(expected), response.body())).as(response.body()).isEmpty();
	}

	private static String compare(String expected, String actual) throws Exception {
		ValueMatcher<Object> isTime = (value, text) -> text.equals(AT_START)
				? Instant.parse(String.valueOf(value)).isAfter(Instant.EPOCH) : value.equals(text);
		return JSONCompare
			.compareJSON(expected, actual,
					new CustomComparator(JSONCompareMode.STRICT, new Customization("secrets[1].retrieved", isTime),
							new Customization("secrets[3].retrieved", isTime)))
			.getMessage();
	}

	private static void assertPolled(String expected) throws Exception {
		HttpResponse<String> response = application.post("/secrets");
		JSONAssert.assertEquals(application.expected(expected), response.body(), JSONCompareMode.STRICT);
	}

	/* Of a timer nobody can say how long it took */
	private static void assertTimer(String path, String expected) throws Exception {
		ValueMatcher<Object> isTime = (one, other) -> ((Number) one).doubleValue() >= 0;
		String answer = application.get(path).body();
		assertThat(JSONCompare
			.compareJSON(expected, answer,
					new CustomComparator(JSONCompareMode.STRICT, new Customization("measurements[1].value", isTime),
							new Customization("measurements[2].value", isTime)))
			.getMessage()).as(answer).isEmpty();
	}

	@Test
	@Order(1)
	void secretsWhenStartedShowsAllInUse() throws Exception {
		assertAnswer("/secrets", """
				{
				  "region": "eu-west-1",
				  "watching": true,
				  "lastPoll": "2026-11-22T10:00:00Z",
				  "nextPoll": "2026-11-22T10:01:00Z",
				  "secrets": [
				    %s,
				    %s,
				    %s,
				    %s,
				    {
				      "id": "prod/absent",
				      "region": "eu-west-1",
				      "state": "absent",
				      "lastPoll": {
				        "time": "2026-11-22T10:00:00Z",
				        "outcome": "unchanged",
				        "cause": "not found",
				        "error": "No secret 'prod/absent' in eu-west-1.",
				        "action": "Create the secret, correct the name, or set aws.secrets.region."
				      },
				      "nextPoll": "2026-11-22T10:01:00Z",
				      "properties": [ { "name": "app.optional", "key": "key", "origin": "application.yml:9:13" } ]
				    }
				  ],
				  "unresolved": []
				}
				""".formatted(DB_CURRENT, TOKEN_CURRENT, POLICY_CURRENT, DB_PINNED));
	}

	@Test
	@Order(2)
	void secretWhenAskedForByNameHasAllItsVersionsInUse() throws Exception {
		assertAnswer("/secrets/prod/db", """
				{
				  "region": "eu-west-1",
				  "watching": true,
				  "lastPoll": "2026-11-22T10:00:00Z",
				  "nextPoll": "2026-11-22T10:01:00Z",
				  "secrets": [ %s, %s ],
				  "unresolved": []
				}
				""".formatted(DB_CURRENT, DB_PINNED));
	}

	@Test
	@Order(2)
	void secretWhenAskedForByArnIsFound() throws Exception {
		assertAnswer(application.expected("/secrets/{token}"), SINGLE.formatted(TOKEN_CURRENT));
	}

	@Test
	@Order(2)
	void secretWhenItHasTheReservedNameIsFoundByItsArn() throws Exception {
		assertAnswer(application.expected("/secrets/{policy}"), SINGLE.formatted(POLICY_CURRENT));
	}

	@Test
	@Order(2)
	void secretWhenItIsNotInUseIsNotFound() throws Exception {
		assertThat(application.get("/secrets/prod/other").statusCode()).isEqualTo(404);
		assertThat(application.get("/secrets/prod").statusCode()).isEqualTo(404);
	}

	@Test
	@Order(2)
	void policyWhenAskedForAllowsExactlyWhatIsInUse() throws Exception {
		assertAnswer("/secrets/policy", """
				{
				  "Version": "2012-10-17",
				  "Statement": [
				    { "Effect": "Allow", "Action": "secretsmanager:BatchGetSecretValue", "Resource": "*" },
				    {
				      "Effect": "Allow",
				      "Action": [ "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret" ],
				      "Resource": [
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:policy-??????",
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/absent-??????",
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????",
				        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/token-??????"
				      ]
				    }
				  ]
				}
				""");
	}

	@Test
	@Order(2)
	void healthWhenAllHaveValuesIsUp() throws Exception {
		assertAnswer("/health/secrets", """
				{ "status": "UP", "details": { "secrets": 5 } }
				""");
	}

	@Test
	@Order(2)
	void healthWhenProbedHasNoSecretsInLivenessAndReadiness() throws Exception {
		String up = """
				{ "status": "UP" }
				""";
		assertAnswer("/health/liveness", up);
		assertAnswer("/health/readiness", up);
		HealthEndpointGroups groups = application.context().getBean(HealthEndpointGroups.class);
		assertThat(groups.getPrimary().isMember("secrets")).isTrue();
		assertThat(groups.get("liveness").isMember("livenessState")).isTrue();
		assertThat(groups.get("liveness").isMember("secrets")).isFalse();
		assertThat(groups.get("readiness").isMember("secrets")).isFalse();
	}

	@Test
	@Order(2)
	void metricsWhenStartedCountCallsBeforeThereWereBeans() throws Exception {
		assertCalls("BatchGetSecretValue", "partial", 2);
		assertTimer("/metrics/aws.secrets.calls?tag=operation:GetSecretValue", """
				{
				  "name": "aws.secrets.calls",
				  "description": "Calls of AWS Secrets Manager",
				  "baseUnit": "seconds",
				  "measurements": [
				    { "statistic": "COUNT", "value": 1.0 },
				    { "statistic": "TOTAL_TIME", "value": 0.0 },
				    { "statistic": "MAX", "value": 0.0 }
				  ],
				  "availableTags": [ { "tag": "outcome", "values": [ "success" ] } ]
				}
				""");
	}

	@Test
	@Order(2)
	void metricsWhenStartedHaveAllTheirValues() throws Exception {
		assertState("current", 3);
		assertState("absent", 1);
		for (String state : List.of("pending", "rejected", "gone", "failing")) {
			assertState(state, 0);
		}
		assertAnswer("/metrics/aws.secrets.age", """
				{
				  "name": "aws.secrets.age",
				  "description": "Time since AWS last answered for the secret for which that is longest",
				  "baseUnit": "seconds",
				  "measurements": [ { "statistic": "VALUE", "value": 0.0 } ],
				  "availableTags": []
				}
				""");
		assertPolls("success", 1);
		assertPolls("partial", 0);
		assertPolls("failed", 0);
		assertRotations("applied", 0);
		assertRotations("rejected", 0);
	}

	@Test
	@Order(3)
	void pollWhenNothingHasChangedSaysSo() throws Exception {
		assertPolledDb("""
				{ "id": "prod/db", "outcome": "unchanged", "versionId": "{db1}" }
				""");
		assertPolls("success", 2);
	}

	@Test
	@Order(4)
	void pollWhenSecretHasANewVersionAppliesIt() throws Exception {
		application.name("db2", application.server.put(DB, Canary.json(DB, 2, KEYS)));
		application.time.advance(Duration.ofSeconds(10));
		assertPolledDb("""
				{ "id": "prod/db", "outcome": "rotated", "from": "{db1}", "versionId": "{db2}" }
				""");
		assertThat(Canary.value(DB + ".password", 2)
			.equals(application.context().getEnvironment().getProperty("app.password"))).isTrue();
		assertDb("2026-11-22T10:00:10Z", "2026-11-22T10:01:10Z", """
				{
				  "id": "prod/db",
				  "arn": "{db}",
				  "region": "eu-west-1",
				  "versionId": "{db2}",
				  "stages": [ "AWSCURRENT" ],
				  "state": "current",
				  "retrieved": "2026-11-22T10:00:10Z",
				  "rotated": "2026-11-22T10:00:10Z",
				  "lastPoll": { "time": "2026-11-22T10:00:10Z", "outcome": "accepted" },
				  "nextPoll": "2026-11-22T10:01:10Z",
				  "properties": [ %s ]
				}
				""".formatted(DB_PROPERTIES));
		assertRotations("applied", 1);
		assertTimer("/metrics/aws.secrets.refresh?tag=outcome:success", """
				{
				  "name": "aws.secrets.refresh",
				  "baseUnit": "seconds",
				  "measurements": [
				    { "statistic": "COUNT", "value": 2.0 },
				    { "statistic": "TOTAL_TIME", "value": 0.0 },
				    { "statistic": "MAX", "value": 0.0 }
				  ],
				  "availableTags": [ { "tag": "error", "values": [ "none" ] } ]
				}
				""");
	}

	@Test
	@Order(5)
	void pollWhenVersionCannotBeUsedRejectsIt() throws Exception {
		application.name("db3", application.server.put(DB, Canary.json(DB, 3, "host", "username")));
		application.time.advance(OperatedApplication.INTERVAL);
		assertPolledDb("""
				{
				  "id": "prod/db",
				  "outcome": "rejected",
				  "versionId": "{db2}",
				  "rejectedVersionId": "{db3}",
				  "reason": "key 'password' is gone"
				}
				""");
		assertDb("2026-11-22T10:01:10Z", "2026-11-22T10:02:10Z", """
				{
				  "id": "prod/db",
				  "arn": "{db}",
				  "region": "eu-west-1",
				  "versionId": "{db2}",
				  "stages": [ "AWSCURRENT" ],
				  "state": "rejected",
				  "reason": "key 'password' is gone",
				  "rejectedVersionId": "{db3}",
				  "since": "2026-11-22T10:01:10Z",
				  "retrieved": "2026-11-22T10:01:10Z",
				  "rotated": "2026-11-22T10:00:10Z",
				  "lastPoll": { "time": "2026-11-22T10:01:10Z", "outcome": "rejected" },
				  "nextPoll": "2026-11-22T10:02:10Z",
				  "properties": [ %s ]
				}
				""".formatted(DB_PROPERTIES));
		assertAnswer("/health/secrets", """
				{
				  "status": "UP",
				  "details": {
				    "secrets": 5,
				    "degraded": {
				      "prod/db": "Version %s was rejected: key 'password' is gone. Version %s stays in use."
				    }
				  }
				}
				""".formatted(shortId("{db3}"), shortId("{db2}")));
		assertRotations("rejected", 1);
		assertState("rejected", 1);
	}

	@Test
	@Order(6)
	void pollWhenSecretCannotBeRetrievedKeepsItsVersion() throws Exception {
		application.server.faults().add(Fault.decryptionFailure().forSecret("prod/token"));
		application.time.advance(OperatedApplication.INTERVAL);
		assertToken("2026-11-22T10:02:10Z", "2026-11-22T10:03:10Z", """
				{
				  "id": "prod/token",
				  "arn": "{token}",
				  "region": "eu-west-1",
				  "versionId": "{token1}",
				  "stages": [ "AWSCURRENT" ],
				  "state": "failing",
				  "since": "2026-11-22T10:02:10Z",
				  "retrieved": "2026-11-22T10:01:10Z",
				  "lastPoll": {
				    "time": "2026-11-22T10:02:10Z",
				    "outcome": "failed",
				    "cause": "decryption failed",
				    "error": "AWS could not decrypt prod/token: its KMS key is disabled, deleted or invalid.",
				    "action": "Enable the secret's KMS key, or encrypt the secret with another one."
				  },
				  "nextPoll": "2026-11-22T10:03:10Z",
				  "properties": [ { "name": "app.token", "origin": "application.yml:6:10" } ]
				}
				""");
		assertAnswer("/health/secrets",
				"""
						{
						  "status": "UP",
						  "details": {
						    "secrets": 5,
						    "degraded": {
						      "prod/db": "Version %s was rejected: key 'password' is gone. Version %s stays in use.",
						      "prod/token": "AWS could not decrypt prod/token: its KMS key is disabled, deleted or invalid. Version %s stays in use."
						    }
						  }
						}
						"""
					.formatted(shortId("{db3}"), shortId("{db2}"), shortId("{token1}")));
		assertPolls("partial", 1);
		assertAnswer("/metrics/aws.secrets.failures?tag=cause:decryption_failed",
				counter("aws.secrets.failures", "Secrets that a poll could not retrieve", 1));
		assertState("failing", 1);
		assertAnswer("/metrics/aws.secrets.age", """
				{
				  "name": "aws.secrets.age",
				  "description": "Time since AWS last answered for the secret for which that is longest",
				  "baseUnit": "seconds",
				  "measurements": [ { "statistic": "VALUE", "value": 60.0 } ],
				  "availableTags": []
				}
				""");
	}

	@Test
	@Order(7)
	void pollWhenSecretCannotBeRetrievedSaysWhy() throws Exception {
		assertPolled(POLLED.formatted("""
				{
				  "id": "prod/db",
				  "outcome": "rejected",
				  "versionId": "{db2}",
				  "rejectedVersionId": "{db3}",
				  "reason": "key 'password' is gone"
				}
				""", """
				{
				  "id": "prod/token",
				  "outcome": "failed",
				  "versionId": "{token1}",
				  "cause": "decryption failed",
				  "error": "AWS could not decrypt prod/token: its KMS key is disabled, deleted or invalid.",
				  "action": "Enable the secret's KMS key, or encrypt the secret with another one."
				}
				""", ABSENT_POLLED));
	}

	@Test
	@Order(8)
	void pollWhenAllIsRepairedHasAnEndOfIt() throws Exception {
		application.server.faults().clear();
		application.name("db4", application.server.put(DB, Canary.json(DB, 4, KEYS)));
		assertPolledDb("""
				{ "id": "prod/db", "outcome": "rotated", "from": "{db2}", "versionId": "{db4}" }
				""");
		assertAnswer("/health/secrets", """
				{ "status": "UP", "details": { "secrets": 5 } }
				""");
		assertRotations("applied", 2);
	}

	@Test
	@Order(9)
	void pollWhenSecretIsDeletedSaysThatItIsGone() throws Exception {
		application.server.delete("prod/token");
		assertPolled(POLLED.formatted("""
				{ "id": "prod/db", "outcome": "unchanged", "versionId": "{db4}" }
				""", """
				{
				  "id": "prod/token",
				  "outcome": "gone",
				  "versionId": "{token1}",
				  "cause": "not found",
				  "error": "No secret 'prod/token' in eu-west-1.",
				  "action": "Create the secret, correct the name, or set aws.secrets.region."
				}
				""", ABSENT_POLLED));
		assertToken("2026-11-22T10:02:10Z", "2026-11-22T10:03:10Z", """
				{
				  "id": "prod/token",
				  "arn": "{token}",
				  "region": "eu-west-1",
				  "versionId": "{token1}",
				  "stages": [ "AWSCURRENT" ],
				  "state": "gone",
				  "since": "2026-11-22T10:02:10Z",
				  "retrieved": "2026-11-22T10:02:10Z",
				  "lastPoll": {
				    "time": "2026-11-22T10:02:10Z",
				    "outcome": "gone",
				    "cause": "not found",
				    "error": "No secret 'prod/token' in eu-west-1.",
				    "action": "Create the secret, correct the name, or set aws.secrets.region."
				  },
				  "nextPoll": "2026-11-22T10:03:10Z",
				  "properties": [ { "name": "app.token", "origin": "application.yml:6:10" } ]
				}
				""");
		assertAnswer("/health/secrets", """
				{
				  "status": "UP",
				  "details": {
				    "secrets": 5,
				    "degraded": {
				      "prod/token": "No secret 'prod/token' in eu-west-1. Version %s stays in use."
				    }
				  }
				}
				""".formatted(shortId("{token1}")));
		assertState("gone", 1);
		assertAnswer("/metrics/aws.secrets.failures?tag=cause:not_found",
				counter("aws.secrets.failures", "Secrets that a poll could not retrieve", 1));
	}

	@Test
	@Order(10)
	void pollWhenAllAreThereAndWhenNoneIsAnsweredIsCountedSo() throws Exception {
		application.server.create("prod/token", Canary.value("prod/token", 2));
		application.server.create("prod/absent", Canary.json("prod/absent", 1, "key"));
		application.post("/secrets");
		assertState("current", 4);
		assertState("absent", 0);
		application.server.faults().add(Fault.decryptionFailure());
		application.time.advance(OperatedApplication.INTERVAL);
		assertState("failing", 4);
		assertPolls("failed", 1);
		assertCalls("BatchGetSecretValue", "success", 1);
		assertCalls("BatchGetSecretValue", "partial", 10);
		assertCalls("BatchGetSecretValue", "decryption_failed", 1);
		assertCalls("GetSecretValue", "success", 1);
		assertCalls("GetSecretValue", "decryption_failed", 5);
		// For the policy, one for each spelling of a secret
		assertCalls("DescribeSecret", "success", 4);
		assertCalls("DescribeSecret", "not_found", 1);
		assertRetrievals("success", 1);
		assertRetrievals("partial", 9);
		assertRetrievals("failed", 1);
	}

	private static void assertCalls(String operation, String outcome, int count) throws Exception {
		assertTimer("/metrics/aws.secrets.calls?tag=operation:" + operation + "&tag=outcome:" + outcome, """
				{
				  "name": "aws.secrets.calls",
				  "description": "Calls of AWS Secrets Manager",
				  "baseUnit": "seconds",
				  "measurements": [
				    { "statistic": "COUNT", "value": %d.0 },
				    { "statistic": "TOTAL_TIME", "value": 0.0 },
				    { "statistic": "MAX", "value": 0.0 }
				  ],
				  "availableTags": []
				}
				""".formatted(count));
	}

	private static void assertRetrievals(String outcome, int count) throws Exception {
		assertTimer("/metrics/aws.secrets.retrieval?tag=outcome:" + outcome, """
				{
				  "name": "aws.secrets.retrieval",
				  "baseUnit": "seconds",
				  "measurements": [
				    { "statistic": "COUNT", "value": %d.0 },
				    { "statistic": "TOTAL_TIME", "value": 0.0 },
				    { "statistic": "MAX", "value": 0.0 }
				  ],
				  "availableTags": [ { "tag": "error", "values": [ "none" ] } ]
				}
				""".formatted(count));
	}

	private static String shortId(String name) {
		return application.expected(name).substring(0, 8);
	}

	private static String counter(String name, String description, int count) {
		return """
				{
				  "name": "%s",
				  "description": "%s",
				  "measurements": [ { "statistic": "COUNT", "value": %d.0 } ],
				  "availableTags": []
				}
				""".formatted(name, description, count);
	}

	private static void assertState(String state, int count) throws Exception {
		assertAnswer("/metrics/aws.secrets.secrets?tag=state:" + state, """
				{
				  "name": "aws.secrets.secrets",
				  "description": "Watched secrets by their state",
				  "measurements": [ { "statistic": "VALUE", "value": %d.0 } ],
				  "availableTags": []
				}
				""".formatted(count));
	}

	private static void assertPolls(String outcome, int count) throws Exception {
		assertAnswer("/metrics/aws.secrets.polls?tag=outcome:" + outcome,
				counter("aws.secrets.polls", "Polls of the secrets in use", count));
	}

	private static void assertRotations(String outcome, int count) throws Exception {
		assertAnswer("/metrics/aws.secrets.rotations?tag=outcome:" + outcome,
				counter("aws.secrets.rotations", "Rotations of secrets", count));
	}

	private static void assertDb(String lastPoll, String nextPoll, String expected) throws Exception {
		assertAnswer("/secrets/prod/db", single(lastPoll, nextPoll, expected + "," + DB_PINNED));
	}

	private static void assertToken(String lastPoll, String nextPoll, String expected) throws Exception {
		assertAnswer(application.expected("/secrets/{token}"), single(lastPoll, nextPoll, expected));
	}

	private static String single(String lastPoll, String nextPoll, String secrets) {
		return SINGLE.replace("2026-11-22T10:00:00Z", lastPoll)
			.replace("2026-11-22T10:01:00Z", nextPoll)
			.formatted(secrets);
	}

	private static void assertPolledDb(String expected) throws Exception {
		assertPolled(POLLED.formatted(expected, TOKEN_POLLED, ABSENT_POLLED));
	}

}
