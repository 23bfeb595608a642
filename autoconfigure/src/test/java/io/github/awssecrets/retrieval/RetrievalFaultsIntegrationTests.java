package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.awssecrets.embedded.ActiveFault;
import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretRetrieval} with every fault of the embedded Secrets Manager. All
 * that anyone logs is on, and must show no value.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RetrievalFaultsIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String BATCH = "BatchGetSecretValue";

	private static final String GET = "GetSecretValue";

	private final SecretsServer server = SecretsServer.start();

	private final SecretRetrieval retrieval = SecretRetrieval
		.aws(RetrievalSettings.defaults().at("eu-west-1", this.server.endpoint()), List.of());

	private final Logger rootLogger = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.rootLogger.getLevel();

	private final java.util.logging.Logger jdkLogger = java.util.logging.Logger.getLogger("sun.net.www.protocol.http");

	private final Handler jdkHandler = new PrintingHandler();

	@BeforeEach
	void logEverything() {
		this.rootLogger.setLevel(Level.TRACE);
		this.jdkLogger.setLevel(java.util.logging.Level.ALL);
		this.jdkLogger.addHandler(this.jdkHandler);
		for (String name : List.of("a", "b", "bad")) {
			this.server.create(name, Canary.value(name, 1));
		}
	}

	@AfterEach
	void close(CapturedOutput output) {
		this.server.faults().clear();
		this.retrieval.close();
		this.server.close();
		this.rootLogger.setLevel(this.level);
		this.jdkLogger.setLevel(null);
		this.jdkLogger.removeHandler(this.jdkHandler);
		assertThat(OwnThreads.alive()).isEmpty();
		assertThat(output.getAll()).contains("software.amazon.awssdk.request");
		assertThat(Canary.isIn(output.getAll())).isFalse();
	}

	private static SecretSelector current(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private RetrievalReport retrieve(Duration timeout, String... ids) {
		RetrievalReport report = this.retrieval
			.retrieve(Stream.of(ids).map(RetrievalFaultsIntegrationTests::current).toList(), timeout);
		assertThat(Canary.isIn(report.toString())).isFalse();
		return report;
	}

	private RetrievalReport retrieve(String... ids) {
		return retrieve(LONG, ids);
	}

	private static RetrievalFailure failure(RetrievalReport report, String id) {
		assertThat(report.outcome(current(id))).isInstanceOf(RetrievalFailure.class);
		return (RetrievalFailure) report.outcome(current(id));
	}

	private static void assertRetrieved(RetrievalReport report, String... ids) {
		for (String id : ids) {
			assertThat(report.outcome(current(id))).isInstanceOfSatisfying(SecretVersion.class,
					(version) -> assertThat(version.content().whole()).isEqualTo(Canary.value(id, 1)));
		}
	}

	private List<String> operations() {
		return this.server.calls().stream().map(Call::operation).toList();
	}

	static Stream<Arguments> faults() {
		return Stream.of(Arguments.of("500", Fault.internalError(), Cause.SERVER_ERROR),
				Arguments.of("503 HTML", Fault.unavailable(), Cause.SERVER_ERROR),
				Arguments.of("connection closed", Fault.connectionClosed(), Cause.CONNECTION_LOST),
				Arguments.of("truncated", Fault.truncatedBody(), Cause.MALFORMED_ANSWER),
				Arguments.of("malformed", Fault.malformedBody(), Cause.MALFORMED_ANSWER),
				Arguments.of("empty", Fault.emptyBody(), Cause.NO_VALUE),
				Arguments.of("denied", Fault.denied(), Cause.ACCESS_DENIED),
				Arguments.of("decryption", Fault.decryptionFailure(), Cause.DECRYPTION_FAILED),
				Arguments.of("KMS", Fault.error("AccessDeniedException", "Access to KMS is not allowed"),
						Cause.KMS_ACCESS_DENIED),
				Arguments.of("proxy", Fault.error(404, "", "not here"), Cause.MALFORMED_ANSWER));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void retrieveWhenOneSecretFailsKeepsTheOthers(String name, Fault fault, Cause cause) {
		this.server.faults().add(fault.forSecret("bad"));
		RetrievalReport report = retrieve("a", "bad", "b");
		assertRetrieved(report, "a", "b");
		assertThat(failure(report, "bad").cause()).isEqualTo(cause);
		assertThat(failure(report, "bad").region()).isEqualTo("eu-west-1");
		assertThat(failure(report, "bad").action()).isIn("secretsmanager:GetSecretValue", "kms:Decrypt");
		this.server.faults().clear();
		assertRetrieved(retrieve("a", "bad", "b"), "a", "bad", "b");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void retrieveWhenOnlyTheBatchFailsAsksForEachAlone(String name, Fault fault, Cause cause) {
		this.server.faults().add(fault.onOperation(BATCH));
		assertRetrieved(retrieve("a", "b"), "a", "b");
		assertThat(operations()).containsExactly(BATCH, GET, GET);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void retrieveWhenEverythingFailsReportsEach(String name, Fault fault, Cause cause) {
		this.server.faults().add(fault);
		assertThat(retrieve("a", "b").failures()).extracting(RetrievalFailure::cause).containsExactly(cause, cause);
	}

	@Test
	void retrieveWhenThrottledComesBackAsABatch() {
		this.server.faults().add(Fault.throttled().times(4));
		assertRetrieved(retrieve("a", "b"), "a", "b");
		assertThat(operations()).containsExactly(BATCH, BATCH, BATCH, BATCH, BATCH);
	}

	@Test
	void retrieveWhenThrottledToTheEndFails() {
		this.server.faults().add(Fault.throttled());
		RetrievalReport report = retrieve(Duration.ofSeconds(2), "a", "b");
		assertThat(report.failures()).extracting(RetrievalFailure::cause)
			.containsExactly(Cause.THROTTLED, Cause.THROTTLED);
		assertThat(operations()).containsOnly(BATCH);
		assertThat(report.calls()).isEqualTo(operations().size());
	}

	@Test
	void retrieveWhenOneSecretHangsKeepsTheOthersAndAsksForItAlone() {
		retrieve("a", "b");
		this.server.faults().add(Fault.hanging().forSecret("bad"));
		RetrievalReport report = retrieve(Duration.ofSeconds(4), "a", "bad", "b");
		assertRetrieved(report, "a", "b");
		assertThat(failure(report, "bad").cause()).isEqualTo(Cause.TIMED_OUT);
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(10));
		this.server.faults().clear();
		this.server.clearCalls();
		assertRetrieved(retrieve("a", "bad", "b"), "a", "bad", "b");
		assertThat(operations()).containsExactlyInAnyOrder(BATCH, GET);
		this.server.clearCalls();
		assertRetrieved(retrieve("a", "bad", "b"), "a", "bad", "b");
		assertThat(operations()).containsExactly(BATCH);
	}

	@Test
	void retrieveWhenEverythingHangsTimesOut() {
		ActiveFault hanging = this.server.faults().add(Fault.hanging());
		RetrievalReport report = retrieve(Duration.ofSeconds(1), "a", "b");
		assertThat(report.failures()).extracting(RetrievalFailure::cause)
			.containsExactly(Cause.TIMED_OUT, Cause.TIMED_OUT);
		assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(10));
		hanging.remove();
	}

	@Test
	void retrieveWhenMissingIsNotFound() {
		RetrievalReport report = retrieve("a", "missing");
		assertRetrieved(report, "a");
		assertThat(failure(report, "missing").cause()).isEqualTo(Cause.NOT_FOUND);
		assertThat(failure(report, "missing").errorCode()).isEqualTo("ResourceNotFoundException");
	}

	@Test
	void retrieveWhenVersionIsMissingSaysSo() {
		SecretSelector pending = new SecretSelector(new SecretId("a"), null, "AWSPENDING", null);
		RetrievalReport report = this.retrieval.retrieve(List.of(pending), LONG);
		assertThat(report.outcome(pending)).isInstanceOfSatisfying(RetrievalFailure.class, (failure) -> {
			assertThat(failure.cause()).isEqualTo(Cause.VERSION_NOT_FOUND);
			assertThat(failure.httpStatus()).isEqualTo(400);
			assertThat(failure.requestId()).isNotBlank();
		});
	}

	@Test
	void retrieveWhenDeletedBringsTheDate() {
		this.server.delete("bad", 10);
		RetrievalFailure failure = failure(retrieve("a", "bad"), "bad");
		assertThat(failure.cause()).isEqualTo(Cause.SCHEDULED_FOR_DELETION);
		assertThat(failure.deletionDate()).isAfter(Instant.now().plus(Duration.ofDays(9)));
		assertThat(operations()).containsExactly(BATCH, "DescribeSecret");
	}

	@Test
	void retrieveWhenDeletedAndDescribeIsDeniedHasNoDate() {
		this.server.delete("bad", 10);
		this.server.policy("""
				{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Resource": "*",
				  "Action": [ "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue" ] } ] }""");
		RetrievalFailure failure = failure(retrieve("a", "bad"), "bad");
		assertThat(failure.cause()).isEqualTo(Cause.SCHEDULED_FOR_DELETION);
		assertThat(failure.deletionDate()).isNull();
	}

	@Test
	void retrieveWhenPolicyDoesNotAllowASecretNamesActionAndPrincipal() {
		this.server.policy("""
				{ "Version": "2012-10-17", "Statement": [
				  { "Effect": "Allow", "Resource": "*", "Action": "secretsmanager:BatchGetSecretValue" },
				  { "Effect": "Allow", "Resource": "*:secret:a-*", "Action": "secretsmanager:GetSecretValue" } ] }""");
		RetrievalReport report = retrieve("a", "b");
		assertRetrieved(report, "a");
		RetrievalFailure failure = failure(report, "b");
		assertThat(failure.cause()).isEqualTo(Cause.ACCESS_DENIED);
		assertThat(failure.action()).isEqualTo("secretsmanager:GetSecretValue");
		assertThat(failure.principal()).startsWith("arn:aws:sts::").contains(":assumed-role/");
		assertThat(failure.account()).matches("\\d{12}");
		assertThat(operations()).containsExactly(BATCH);
	}

	@Test
	void retrieveWhenPolicyDeniesBatchesAsksForEachAloneAndRemembers() {
		this.server.policy("""
				{ "Version": "2012-10-17", "Statement": [
				  { "Effect": "Allow", "Resource": "*", "Action": "secretsmanager:GetSecretValue" } ] }""");
		assertRetrieved(retrieve("a", "b"), "a", "b");
		assertRetrieved(retrieve("a", "b"), "a", "b");
		assertThat(operations()).containsExactly(BATCH, GET, GET, GET, GET);
	}

	@Test
	void retrieveWhenCredentialsAreUnknownIsOneCall() {
		this.server.accessKeys().allowOnly("AKIAOTHER");
		assertThat(retrieve("a", "b").failures()).extracting(RetrievalFailure::cause)
			.containsExactly(Cause.WRONG_CREDENTIALS, Cause.WRONG_CREDENTIALS);
		assertThat(operations()).containsExactly(BATCH);
	}

	@Test
	void retrieveWhenCredentialsHaveExpiredIsOneCall() {
		this.server.accessKeys().expire("test");
		assertThat(retrieve("a", "b").failures()).extracting(RetrievalFailure::cause)
			.containsExactly(Cause.EXPIRED_CREDENTIALS, Cause.EXPIRED_CREDENTIALS);
		assertThat(operations()).containsExactly(BATCH);
	}

	@Test
	void retrieveWhenRegionIsWrongFindsNothing() {
		SecretSelector elsewhere = new SecretSelector(new SecretId("a"), "us-west-2", null, null);
		RetrievalReport report = this.retrieval.retrieve(List.of(elsewhere, current("b")), LONG);
		assertThat(report.outcome(elsewhere)).isInstanceOfSatisfying(RetrievalFailure.class, (failure) -> {
			assertThat(failure.cause()).isEqualTo(Cause.NOT_FOUND);
			assertThat(failure.region()).isEqualTo("us-west-2");
		});
		assertRetrieved(report, "b");
	}

	@Test
	void retrieveWhenRoleIsConfiguredUsesItsCredentials() throws IOException {
		String expiration = Instant.now().plus(Duration.ofHours(1)).toString();
		String answer = """
				<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
				<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
				<Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
			.formatted(expiration);
		this.server.accessKeys().allowOnly("ASIAROLE");
		Map<String, String> properties = Map.of("aws.accessKeyId", "AKIABASE", "aws.secretAccessKey", "base");
		try (RawServer sts = RawServer.start((output) -> RawServer.write(output, "text/xml",
				answer.getBytes(StandardCharsets.UTF_8).length, answer))) {
			properties.forEach(System::setProperty);
			System.setProperty("aws.endpointUrlSts", sts.endpoint().toString());
			RetrievalSettings settings = RetrievalSettings.defaults()
				.at("eu-west-1", this.server.endpoint())
				.as(null, "arn:aws:iam::123456789012:role/orders");
			try (SecretRetrieval asRole = SecretRetrieval.aws(settings, List.of())) {
				assertRetrieved(asRole.retrieve(List.of(current("a"), current("b")), LONG), "a", "b");
			}
		}
		finally {
			properties.keySet().forEach(System::clearProperty);
			System.clearProperty("aws.endpointUrlSts");
		}
		retrieve("a");
	}

	@Test
	void retrieveWhenProfileDoesNotExistCallsNobody() {
		RetrievalSettings settings = RetrievalSettings.defaults()
			.at("eu-west-1", this.server.endpoint())
			.as("no-such-profile", null);
		try (SecretRetrieval withProfile = SecretRetrieval.aws(settings, List.of())) {
			RetrievalReport report = withProfile.retrieve(List.of(current("a"), current("b")), LONG);
			assertThat(report.failures()).extracting(RetrievalFailure::cause)
				.containsExactly(Cause.NO_PROFILE, Cause.NO_PROFILE);
			assertThat(report.calls()).isZero();
		}
		assertThat(this.server.calls()).isEmpty();
		retrieve("a");
	}

	@Test
	void retrieveWhenCustomizerThrowsSaysSoAndCallsNobody() {
		RetrievalSettings settings = RetrievalSettings.defaults().at("eu-west-1", this.server.endpoint());
		SecretsManagerClientCustomizer broken = (builder) -> {
			throw new IllegalStateException("no certificate");
		};
		try (SecretRetrieval customized = SecretRetrieval.aws(settings, List.of(broken))) {
			RetrievalFailure failure = failure(customized.retrieve(List.of(current("a")), LONG), "a");
			assertThat(failure.cause()).isEqualTo(Cause.CLIENT_FAILED);
			assertThat(failure.detail()).contains("IllegalStateException: no certificate");
		}
		assertThat(this.server.calls()).isEmpty();
		retrieve("a");
	}

	private static final class PrintingHandler extends Handler {

		@Override
		public void publish(LogRecord record) {
			System.out.println(record.getMessage());
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
