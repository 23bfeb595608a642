package io.github.awssecrets.operator;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.actuate.SecretsHealthIndicator;
import io.github.awssecrets.actuate.SecretsMetrics;
import io.github.awssecrets.actuate.SecretsObservations;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.TestApplication;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skyscreamer.jsonassert.Customization;
import org.skyscreamer.jsonassert.JSONCompare;
import org.skyscreamer.jsonassert.JSONCompareMode;
import org.skyscreamer.jsonassert.comparator.CustomComparator;

import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what actuator shows under other settings than the defaults, and of who may see
 * or do what.
 */
class ActuatorSettingsIntegrationTests extends AbstractApplicationTests {

	private static final String DB = "prod/db";

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
		assertThat(JSONCompare.compareJSON(expected, json, new CustomComparator(JSONCompareMode.STRICT,
				// By the clock of this machine
				new Customization("secrets[0].retrieved", (value, any) -> true),
				new Customization("secrets[0].rotated", (value, any) -> true),
				new Customization("secrets[0].lastPoll.time", (value, any) -> true),
				new Customization("lastPoll", (value, any) -> true)))
			.getMessage()).as(json).isEmpty();
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
			assertThat(answer).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("region", "eu-west-1")
				.containsKey("secrets");
			assertThat(CanaryScanner.scan("JMX", String.valueOf(answer))).isEmpty();
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
