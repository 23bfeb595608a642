package io.github.awssecrets.sample;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.sample.demo.EmbeddedServers;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryFragments;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Integration tests that run the whole {@link SampleApplication} as newcomers do, with
 * the servers that it brings along.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationIntegrationTests {

	/** Refuses sooner where a test wants a refusal. */
	private static final String IMPATIENT = "--spring.datasource.hikari.connection-timeout=1000";

	private final AtomicInteger values = new AtomicInteger();

	private final JsonMapper json = new JsonMapper();

	private ConfigurableApplicationContext application;

	private String output;

	@BeforeAll
	void start(CapturedOutput output) {
		this.application = SampleApplication.create(new EmbeddedServers(this::value))
			.run("--server.port=0", IMPATIENT, "--aws.secrets.watch.interval=1s");
		this.output = output.getAll();
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	private String value() {
		return Canary.value("sample", this.values.incrementAndGet());
	}

	@Test
	void runSaysWhatRunsWhere() {
		assertThat(this.output).containsOnlyOnce("PostgreSQL at 127.0.0.1:")
			.containsOnlyOnce("Embedded Secrets Manager at " + property("aws.secrets.endpoint") + " with 3 secrets")
			.containsOnlyOnce("Open http://localhost:" + property("local.server.port"));
	}

	@Test
	void getWhenBrowserAsksReturnsPage() throws Exception {
		HttpResponse<String> response = Home.get(this.application, "text/html,application/xml;q=0.9,*/*;q=0.8");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(response.body()).startsWith("<!DOCTYPE html>")
			.contains("Logged in as <strong>orders_app</strong> at PostgreSQL 18")
			.contains("Coffee grinder")
			.contains("data-live=\"version.spring.datasource.password\">" + versionId("prod/db") + "</code>")
			.contains("<code>spring.datasource.password</code>");
		assertShowsNoValue(response);
	}

	@Test
	void getWhenJsonIsAcceptedReturnsSameAsJson() throws Exception {
		HttpResponse<String> response = Home.get(this.application, "application/json");
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode body = this.json.readTree(response.body());
		assertThat(body.at("/database/session/user").asString()).isEqualTo("orders_app");
		assertThat(body.at("/database/orders")).hasSize(4);
		assertThat(body.at("/problem").isNull()).isTrue();
		assertThat(body.at("/secrets")).extracting((secret) -> secret.get("secretId").asString())
			.containsExactly("dev/payment", "prod/db", "prod/partner-token");
		assertThat(body.at("/secrets")).extracting((secret) -> secret.get("versionId").asString())
			.containsExactly(versionId("dev/payment"), versionId("prod/db"), versionId("prod/partner-token"));
		assertThat(body.at("/secrets/1/properties")).extracting(JsonNode::asString)
			.containsExactly("spring.datasource.password", "spring.datasource.url", "spring.datasource.username");
		assertThat(body.at("/payment/settings/api-key").asBoolean()).isTrue();
		assertThat(body.at("/payment/settings/fallback-key").asBoolean()).isFalse();
		assertThat(body.at("/payment/settings/partner-token").asBoolean()).isTrue();
		assertShowsNoValue(response);
	}

	@ParameterizedTest
	@CsvSource({ "/live?after=0, 200", "/none, 404", "/actuator, 200", "/actuator/health, 200",
			"/actuator/health/secrets, 200", "/actuator/secrets, 200", "/actuator/secrets/prod/db, 200",
			"/actuator/secrets/policy, 200", "/actuator/metrics, 200", "/actuator/metrics/aws.secrets.rotations, 200",
			"/actuator/env, 404" })
	void getShowsNoValue(String path, int status) throws Exception {
		HttpResponse<String> response = Home.get(this.application, path, "application/json");
		assertThat(response.statusCode()).isEqualTo(status);
		assertShowsNoValue(response);
	}

	@Test
	void getWhenAnythingIsAcceptedReturnsPage() throws Exception {
		assertThat(Home.get(this.application, "*/*").body()).startsWith("<!DOCTYPE html>");
	}

	@Test
	void rotateWhenWatchedReachesBothBeans() throws Exception {
		String before = keyId(this.application);
		HttpResponse<String> rotated = Home.post(this.application, "/demo/rotate/dev/payment");
		assertThat(rotated.statusCode()).isEqualTo(200);
		JsonNode answer = this.json.readTree(rotated.body());
		assertThat(answer.at("/secretId").asString()).isEqualTo("dev/payment");
		assertThat(answer.at("/versionId").asString()).isEqualTo(versionId("dev/payment"));
		assertShowsNoValue(rotated);
		HttpResponse<String> page = Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> Home.get(this.application, "application/json"),
					(response) -> this.json.readTree(response.body())
						.at("/rotations/0/versionId")
						.equals(answer.at("/versionId")));
		String after = keyId(this.application);
		assertThat(after).isNotEqualTo(before);
		assertKey(page, after);
		JsonNode rotation = this.json.readTree(page.body()).at("/rotations/0");
		assertThat(rotation.at("/secretId").asString()).isEqualTo("dev/payment");
		assertThat(rotation.at("/properties")).extracting(JsonNode::asString)
			.containsExactly("payment.api-key", "payment.key-id", "payment.merchant-id", "payment.webhook-key");
		assertShowsNoValue(page);
		assertThat(Home.get(this.application, "text/html").body())
			.contains("data-live=\"payment.properties\">" + after + "</strong>")
			.contains("data-live=\"payment.client\">" + after + "</strong>");
	}

	@Test
	void rotateWhenSecretIsOfDatabaseTakesFourSteps() throws Exception {
		String before = versionId("prod/db");
		HttpResponse<String> rotated = Home.post(this.application, "/demo/rotate/prod/db");
		assertThat(rotated.statusCode()).isEqualTo(200);
		String after = this.json.readTree(rotated.body()).at("/versionId").asString();
		HttpResponse<String> again = Home.post(this.application, "/demo/rotate/prod/db");
		assertThat(again.statusCode()).isEqualTo(409);
		assertThat(again.body()).contains("A previous rotation isn't complete.");
		JsonNode live = Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.json.readTree(Home.get(this.application, "/live?after=0", "application/json").body()),
					(page) -> page.at("/texts/step.applied").isString());
		JsonNode texts = live.at("/texts");
		assertThat(texts.at("/version.spring.datasource.password").asString()).isEqualTo(after);
		assertThat(texts.at("/stages.spring.datasource.password").asString())
			.contains("AWSCURRENT " + after.substring(0, 8), "AWSPREVIOUS " + before.substring(0, 8));
		assertThat(texts.at("/step.createSecret").asString()).endsWith(", version " + after.substring(0, 8));
		assertThat(texts.at("/step.setSecret").isString()).isTrue();
		assertThat(texts.at("/step.testSecret").isString()).isTrue();
		assertThat(texts.at("/step.gap").asString()).startsWith("2.");
		assertThat(texts.at("/step.finishSecret").isString()).isTrue();
		assertThat(live.at("/rotating").asBoolean()).isFalse();
		assertThat(live.at("/queries")).isNotEmpty();
		assertThat(live.at("/marks")).extracting((mark) -> mark.at("/label").asString())
			.contains("AWSCURRENT refused", "prod/db in use");
		assertShowsNoValue(Home.get(this.application, "/live?after=0", "application/json"));
		assertShowsNoValue(rotated);
		assertShowsNoValue(again);
		awaitPage();
	}

	@Test
	void rotateWhenNotWatchedReachesBothBeansByRefresh() throws Exception {
		try (ConfigurableApplicationContext other = SampleApplication.create(new EmbeddedServers())
			.run("--server.port=0", argument("aws.secrets.endpoint"), argument("aws.secrets.region"),
					"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", "--spring.sql.init.mode=never",
					"--aws.secrets.watch.enabled=false", IMPATIENT)) {
			String keyId = keyId(other);
			Home.post(this.application, "/demo/rotate/dev/payment");
			assertKey(Home.get(other, "application/json"), keyId);
			HttpResponse<String> refreshed = Home.post(other, "/actuator/refresh");
			assertThat(refreshed.statusCode()).isEqualTo(200);
			assertShowsNoValue(refreshed);
			assertThat(this.json.readTree(refreshed.body())).extracting(JsonNode::asString)
				.containsExactlyInAnyOrder("payment.api-key", "payment.key-id", "payment.merchant-id",
						"payment.webhook-key");
			assertKey(Home.get(other, "application/json"), next(keyId));
			assertThat(Home.post(other, "/demo/rotate/dev/payment").statusCode()).isEqualTo(409);
		}
	}

	@Test
	void rotateWhenSecretIsUnknownSaysWhichThereAre() throws Exception {
		HttpResponse<String> answer = Home.post(this.application, "/demo/rotate/prod/other");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body())
			.contains("No rotation of 'prod/other', only of dev/payment, prod/db, prod/partner-token");
	}

	@Test
	void getWhenDatabaseRefusesLoginSaysSoUntilItAccepts(CapturedOutput output) throws Exception {
		HikariDataSource pool = this.application.getBean(HikariDataSource.class);
		try (Connection connection = pool.getConnection()) {
			changePassword(connection, "another");
			try {
				HttpResponse<String> page = pageWithoutConnection(pool);
				assertThat(page.statusCode()).isEqualTo(503);
				assertThat(page.body()).contains("The database refused the login (SQLState 28P01).")
					.contains("<h3>prod/db</h3>")
					.doesNotContain("Exception");
				assertShowsNoValue(page);
				HttpResponse<String> body = Home.get(this.application, "application/json");
				assertThat(body.statusCode()).isEqualTo(503);
				assertThat(this.json.readTree(body.body()).at("/problem").asString())
					.isEqualTo("The database refused the login (SQLState 28P01).");
			}
			finally {
				changePassword(connection, property("spring.datasource.password"));
			}
		}
		awaitPage();
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void runWhenPortIsTakenSaysHowToChooseAnotherAndEndsItsServers(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = String.valueOf(taken.getLocalPort());
			assertThatException()
				.isThrownBy(() -> SampleApplication.create(new EmbeddedServers()).run("--server.port=" + port));
			assertThat(output).contains("Port " + port + " is taken")
				.contains("-Dspring-boot.run.arguments=--server.port=")
				.contains("PostgreSQL stopped");
		}
	}

	@Test
	void runWhenProfileIsAwsStartsNoServerAndReadsSecretsThere(CapturedOutput output) throws Exception {
		int start = output.length();
		try (ConfigurableApplicationContext other = SampleApplication.create(new EmbeddedServers())
			.run("--spring.profiles.active=aws", "--server.port=0", argument("aws.secrets.endpoint"),
					argument("aws.secrets.region"))) {
			assertThat(Home.get(other, "text/html").body()).contains(versionId("prod/db"));
			assertThat(since(start, output))
				.contains("Secrets come from " + property("aws.secrets.endpoint") + ", which must hold prod/db (")
				.doesNotContain("PostgreSQL at")
				.doesNotContain("Embedded Secrets Manager");
		}
	}

	@Test
	void runWhenEndpointIsSetStartsNoServerAndSaysWhatItExpects(CapturedOutput output) throws Exception {
		int start = output.length();
		try (ConfigurableApplicationContext other = SampleApplication.create(new EmbeddedServers())
			.run("--server.port=0", argument("aws.secrets.endpoint"), argument("aws.secrets.region"),
					"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", "--spring.sql.init.mode=never",
					IMPATIENT)) {
			assertThat(since(start, output))
				.contains("Secrets come from " + property("aws.secrets.endpoint") + ", which must hold prod/db (")
				.doesNotContain("PostgreSQL at")
				.doesNotContain("Embedded Secrets Manager");
			HttpResponse<String> page = Home.get(other, "text/html");
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.body()).contains("The database does not answer (SQLState 08001).");
			assertShowsNoValue(page);
		}
	}

	@Test
	void runWhenSecretsAreMissingNamesThemAll(CapturedOutput output) {
		try (SecretsServer empty = SecretsServer.start()) {
			assertThatException().isThrownBy(() -> SampleApplication.create(new EmbeddedServers())
				.run("--aws.secrets.endpoint=" + empty.endpoint(), "--aws.secrets.region=" + empty.region()));
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("No secret 'prod/db' in eu-west-1")
				.contains("No secret 'dev/payment' in eu-west-1")
				.contains("No secret 'prod/partner-token' in eu-west-1")
				.doesNotContain("No secret 'dev/payment-fallback'");
		}
	}

	@Test
	void runWhenDatabaseCannotBeReachedSaysSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SampleApplication.create(new EmbeddedServers())
			.run("--server.port=0", argument("aws.secrets.endpoint"), argument("aws.secrets.region"),
					"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", IMPATIENT));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The database does not answer (SQLState 08001).");
	}

	// The pool may wait a few seconds before it tries again what was refused
	/**
	 * Get the page when no connection is left: one that logged in before the password was
	 * changed may come into the pool after the others were evicted.
	 */
	private HttpResponse<String> pageWithoutConnection(HikariDataSource pool) {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			pool.getHikariPoolMXBean().softEvictConnections();
			return Home.get(this.application, "text/html");
		}, (page) -> page.statusCode() != 200);
	}

	private void awaitPage() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> Home.get(this.application, "text/html").statusCode() == 200);
	}

	private String keyId(ConfigurableApplicationContext sample) throws Exception {
		return this.json.readTree(Home.get(sample, "application/json").body()).at("/payment/keyId").asString();
	}

	private void assertKey(HttpResponse<String> page, String keyId) {
		JsonNode payment = this.json.readTree(page.body()).at("/payment");
		assertThat(payment.at("/propertiesKeyId").asString()).isEqualTo(keyId);
		assertThat(payment.at("/keyId").asString()).isEqualTo(keyId);
	}

	private static String next(String keyId) {
		return "key-" + (Integer.parseInt(keyId.substring("key-".length())) + 1);
	}

	// The output begins with that of the application that all tests share
	private String since(int start, CapturedOutput output) {
		return output.getAll().substring(start);
	}

	private void changePassword(Connection connection, String password) throws SQLException {
		try (var statement = connection.createStatement()) {
			statement.execute("ALTER ROLE CURRENT_USER PASSWORD '" + password + "'");
		}
	}

	private void assertShowsNoValue(HttpResponse<String> response) {
		assertThat(this.values).hasPositiveValue();
		String text = response.body() + response.headers();
		assertThat(Canary.isIn(text)).isFalse();
		// After a rotation, the password is one that the server made up
		CanaryFragments fragments = CanaryFragments.of(
				Stream
					.concat(Stream.of(property("spring.datasource.password")),
							IntStream.rangeClosed(1, this.values.get())
								.mapToObj((number) -> Canary.value("sample", number)))
					.toList());
		assertThat(fragments.areIn(text)).as("part of a value").isFalse();
	}

	private String argument(String name) {
		return "--" + name + "=" + property(name);
	}

	private String property(String name) {
		return this.application.getEnvironment().getProperty(name);
	}

	private String versionId(String secretId) {
		try (SecretsManagerClient client = SecretsManagerClient.builder()
			.endpointOverride(URI.create(property("aws.secrets.endpoint")))
			.region(Region.of(property("aws.secrets.region")))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
			.build()) {
			return client.getSecretValue((request) -> request.secretId(secretId)).versionId();
		}
	}

}
