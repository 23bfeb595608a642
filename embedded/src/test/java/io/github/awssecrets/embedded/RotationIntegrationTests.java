package io.github.awssecrets.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import io.github.awssecrets.embedded.rotation.RotationException;
import io.github.awssecrets.embedded.rotation.RotationStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.secretsmanager.model.CancelRotateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.RotateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for RotateSecret and CancelRotateSecret, as the AWS SDK sees them.
 */
@Timeout(60)
class RotationIntegrationTests extends AbstractSdkTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final String TOKEN = "11111111-2222-3333-4444-555555555555";

	private static final String OTHER_TOKEN = "66666666-2222-3333-4444-555555555555";

	private static final String INCOMPLETE = "A previous rotation isn't complete. That rotation will be reattempted.";

	private TestRotator rotator = new TestRotator();

	private List<RotationEvent> events = List.of();

	private String first = "";

	@BeforeEach
	void createSecret() {
		this.first = this.server.create("db", "one");
		this.rotator = new TestRotator();
		this.server.rotations().register(TestRotator.ARN, this.rotator);
		this.events = Collections.synchronizedList(new ArrayList<>());
		this.server.rotations().addListener(this.events::add);
	}

	@Test
	void rotationDoesTheFourStepsAndMovesTheStages() throws InterruptedException {
		RotateSecretResponse response = rotate(TOKEN);
		assertThat(response.arn()).isEqualTo(this.server.arn("db"));
		assertThat(response.name()).isEqualTo("db");
		assertThat(response.versionId()).isEqualTo(TOKEN);
		awaitRotations();
		assertThat(this.rotator.steps()).containsExactly("createSecret -", "setSecret one+", "testSecret one+",
				"finishSecret one+");
		assertThat(this.server.stages("db"))
			.isEqualTo(Map.of("AWSCURRENT", TOKEN, "AWSPENDING", TOKEN, "AWSPREVIOUS", this.first));
		assertThat(value(null)).isEqualTo("one+");
		assertThat(this.events).extracting((event) -> event.step().label() + " " + event.phase())
			.containsExactly("createSecret STARTED", "createSecret COMPLETED", "setSecret STARTED",
					"setSecret COMPLETED", "testSecret STARTED", "testSecret COMPLETED", "finishSecret STARTED",
					"finishSecret COMPLETED");
		assertThat(this.events).allSatisfy((event) -> {
			assertThat(event.name()).isEqualTo("db");
			assertThat(event.arn()).isEqualTo(this.server.arn("db"));
			assertThat(event.region()).isEqualTo("eu-west-1");
			assertThat(event.versionId()).isEqualTo(TOKEN);
			assertThat(event.failure()).isNull();
		});
		assertThat(this.events).filteredOn(RotationEvent::isRotated).hasSize(1);
	}

	@Test
	void rotationWhenOneHasEndedCanFollow() throws InterruptedException {
		rotate(TOKEN);
		awaitRotations();
		this.client.rotateSecret((request) -> request.secretId("db").clientRequestToken(OTHER_TOKEN));
		awaitRotations();
		assertThat(value(null)).isEqualTo("one++");
		assertThat(this.server.stages("db"))
			.isEqualTo(Map.of("AWSCURRENT", OTHER_TOKEN, "AWSPENDING", OTHER_TOKEN, "AWSPREVIOUS", TOKEN));
	}

	@Test
	void rotateSecretAnswersBeforeTheSteps() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.CREATE_SECRET)) {
			rotate(TOKEN);
			assertThat(gate.await(1, LONG)).isTrue();
			assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first, "AWSPENDING", TOKEN));
			assertFails(ResourceNotFoundException.class,
					"Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
					() -> value("AWSPENDING"));
			assertFails(ResourceNotFoundException.class,
					"Secrets Manager can't find the specified secret value for VersionId: " + TOKEN,
					() -> this.client.getSecretValue((request) -> request.secretId("db").versionId(TOKEN)));
			assertThat(this.client.describeSecret((request) -> request.secretId("db")).versionIdsToStages())
				.containsEntry(TOKEN, List.of("AWSPENDING"));
			assertFails(ResourceNotFoundException.class,
					"Secrets Manager can't find the specified secret value for VersionId: " + TOKEN,
					() -> this.client.updateSecretVersionStage((request) -> request.secretId("db")
						.versionStage("AWSCURRENT")
						.removeFromVersionId(this.first)
						.moveToVersionId(TOKEN)));
			assertThat(this.server.rotations().await(Duration.ZERO)).isFalse();
		}
		awaitRotations();
		assertThat(value(null)).isEqualTo("one+");
	}

	@Test
	void gateBeforeFinishSecretShowsBothVersions() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET)) {
			this.server.startRotation("db", TestRotator.ARN);
			assertThat(gate.await(1, LONG)).isTrue();
			assertThat(value(null)).isEqualTo("one");
			assertThat(value("AWSPENDING")).isEqualTo("one+");
		}
		awaitRotations();
		assertThat(value(null)).isEqualTo("one+");
	}

	@Test
	void gapIsWaitedForBeforeFinishSecret() throws InterruptedException {
		this.server.rotations().gap(Duration.ofMillis(50));
		long start = System.nanoTime();
		rotate(TOKEN);
		awaitRotations();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		assertThat(value(null)).isEqualTo("one+");
	}

	@ParameterizedTest
	@EnumSource(RotationStep.class)
	void rotationWhenStepFailsLeavesThePendingVersionAndCanBeTriedAgain(RotationStep step) throws InterruptedException {
		RotationException failure = new RotationException("The database is down");
		this.rotator.failOnce(step, failure);
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first, "AWSPENDING", TOKEN));
		int failed = List.of(RotationStep.values()).indexOf(step) + 1;
		assertThat(this.rotator.steps()).hasSize(failed);
		assertThat(this.events).last().satisfies((event) -> {
			assertThat(event.step()).isEqualTo(step);
			assertThat(event.phase()).isEqualTo(RotationEvent.Phase.FAILED);
			assertThat(event.failure()).isSameAs(failure);
		});
		assertThat(this.client.describeSecret((request) -> request.secretId("db")).lastRotatedDate()).isNull();
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.rotator.steps()).hasSize(failed + 4);
		assertThat(value(null)).isEqualTo("one+");
		assertThat(this.server.versionIds("db")).containsExactly(this.first, TOKEN);
	}

	@Test
	void rotationWhenFailedCanBeTriedAgainByListener() throws InterruptedException {
		this.server.rotations().addListener((event) -> {
			if (event.phase() == RotationEvent.Phase.FAILED) {
				rotate(TOKEN);
			}
		});
		this.rotator.failOnce(RotationStep.SET_SECRET, new RotationException("The database is down"));
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.server.versionId("db")).isEqualTo(TOKEN);
	}

	@Test
	void rotationWhenFailedBlocksOthersWhichTryItAgain() throws InterruptedException {
		this.rotator.failOnce(RotationStep.TEST_SECRET, new IOException("hidden"));
		rotate(TOKEN);
		awaitRotations();
		assertFails(InvalidRequestException.class, INCOMPLETE, () -> rotate(OTHER_TOKEN));
		awaitRotations();
		assertThat(this.server.versionId("db")).isEqualTo(TOKEN);
		assertThat(this.server.versionIds("db")).containsExactly(this.first, TOKEN);
	}

	@Test
	void rotationWhenPendingWasPutByHandIsRefused() throws InterruptedException {
		String abandoned = this.server.put("db", "abandoned", "AWSPENDING");
		assertFails(InvalidRequestException.class, INCOMPLETE, () -> rotate(TOKEN));
		awaitRotations();
		assertThat(this.rotator.steps()).isEmpty();
		this.client.updateSecretVersionStage(
				(request) -> request.secretId("db").versionStage("AWSPENDING").removeFromVersionId(abandoned));
		rotate(TOKEN);
		awaitRotations();
		assertThat(value(null)).isEqualTo("one+");
	}

	@Test
	void rotateSecretWhenRepeatedStartsOneRotation() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.SET_SECRET)) {
			rotate(TOKEN);
			assertThat(gate.await(1, LONG)).isTrue();
			rotate(TOKEN);
		}
		awaitRotations();
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.rotator.steps()).hasSize(4);
	}

	@Test
	void rotateSecretWhenCalledByManyAtOnceStartsOneRotation() throws InterruptedException {
		List<CompletableFuture<String>> calls;
		try (Gate gate = this.server.rotations().gate(RotationStep.CREATE_SECRET)) {
			calls = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture.supplyAsync(
						() -> outcome(TOKEN.substring(0, TOKEN.length() - 1) + i), (task) -> new Thread(task).start()))
				.toList();
			calls.forEach(CompletableFuture::join);
			assertThat(gate.maxHeld()).isLessThanOrEqualTo(1);
		}
		awaitRotations();
		assertThat(calls).map(CompletableFuture::join)
			.containsOnly("OK", INCOMPLETE)
			.filteredOn((outcome) -> outcome.equals("OK"))
			.hasSize(1);
		assertThat(this.rotator.steps()).hasSize(4);
		assertThat(this.server.versionIds("db")).hasSize(2);
	}

	@Test
	void rotationWhenFailureMightHoldValueIsLoggedByItsClassOnly() throws InterruptedException {
		try (TestLog log = new TestLog()) {
			this.rotator.failOnce(RotationStep.SET_SECRET, new IOException("embedded-hidden-7"));
			rotate(TOKEN);
			awaitRotations();
			this.rotator.failOnce(RotationStep.TEST_SECRET, new RotationException("The database is down"));
			rotate(TOKEN);
			awaitRotations();
			assertThat(log.messages()).containsExactly(
					"Rotation of db to version " + TOKEN + " failed in setSecret: java.io.IOException",
					"Rotation of db to version " + TOKEN + " failed in testSecret: The database is down");
		}
	}

	@Test
	void rotationWhenListenerFailsGoesOn() throws InterruptedException {
		try (TestLog log = new TestLog()) {
			this.server.rotations().addListener((event) -> {
				throw new IllegalStateException("embedded-hidden-7");
			});
			rotate(TOKEN);
			awaitRotations();
			assertThat(value(null)).isEqualTo("one+");
			assertThat(log.messages()).hasSize(8)
				.containsOnly("A listener for rotations failed: java.lang.IllegalStateException");
		}
	}

	@Test
	void rotationWhenNotImmediateOnlyTests() throws InterruptedException {
		this.client.rotateSecret((request) -> request.secretId("db")
			.clientRequestToken(TOKEN)
			.rotationLambdaARN(TestRotator.ARN)
			.rotationRules((rules) -> rules.automaticallyAfterDays(30L))
			.rotateImmediately(false));
		awaitRotations();
		assertThat(this.rotator.steps()).containsExactly("testSecret one");
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first));
		assertThat(this.server.versionIds("db")).containsExactly(this.first);
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("db"));
		assertThat(described.rotationEnabled()).isTrue();
		assertThat(described.lastRotatedDate()).isNull();
		assertThat(described.nextRotationDate()).isEqualTo(Instant.parse("2026-12-22T23:59:59Z"));
	}

	@Test
	void describeSecretTellsTheRotation() throws InterruptedException {
		DescribeSecretResponse never = this.client.describeSecret((request) -> request.secretId("db"));
		assertThat(never.rotationEnabled()).isNull();
		assertThat(never.rotationRules()).isNull();
		this.client.rotateSecret((request) -> request.secretId("db")
			.rotationLambdaARN(TestRotator.ARN)
			.rotationRules((rules) -> rules.scheduleExpression("rate(10 days)").duration("3h")));
		awaitRotations();
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("db"));
		assertThat(described.rotationEnabled()).isTrue();
		assertThat(described.rotationLambdaARN()).isEqualTo(TestRotator.ARN);
		assertThat(described.rotationRules().scheduleExpression()).isEqualTo("rate(10 days)");
		assertThat(described.rotationRules().duration()).isEqualTo("3h");
		assertThat(described.rotationRules().automaticallyAfterDays()).isEqualTo(10);
		assertThat(described.lastRotatedDate()).isEqualTo(this.clock.instant());
		assertThat(described.nextRotationDate()).isEqualTo(Instant.parse("2026-12-02T02:59:59Z"));
		assertThat(this.client.listSecrets().secretList()).singleElement()
			.satisfies((entry) -> assertThat(entry.rotationRules().duration()).isEqualTo("3h"));
	}

	@Test
	void nextRotationDateCountsFromValueThatWasPutByHand() throws InterruptedException {
		this.client.rotateSecret((request) -> request.secretId("db")
			.rotationLambdaARN(TestRotator.ARN)
			.rotationRules((rules) -> rules.automaticallyAfterDays(10L)));
		awaitRotations();
		Instant before = this.clock.instant();
		this.clock.advance(Duration.ofDays(2));
		try {
			this.server.put("db", "by hand");
			DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("db"));
			assertThat(described.lastRotatedDate()).isEqualTo(before);
			assertThat(described.nextRotationDate()).isEqualTo(Instant.parse("2026-12-04T23:59:59Z"));
		}
		finally {
			this.clock.advance(Duration.ofDays(-2));
		}
	}

	@Test
	void cancelRotateSecretEndsTheRotationAndLeavesThePendingVersion() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET)) {
			this.client.rotateSecret((request) -> request.secretId("db")
				.clientRequestToken(TOKEN)
				.rotationLambdaARN(TestRotator.ARN)
				.rotationRules((rules) -> rules.automaticallyAfterDays(10L)));
			assertThat(gate.await(1, LONG)).isTrue();
			CancelRotateSecretResponse cancelled = this.client.cancelRotateSecret((request) -> request.secretId("db"));
			assertThat(cancelled.arn()).isEqualTo(this.server.arn("db"));
			assertThat(cancelled.name()).isEqualTo("db");
			assertThat(cancelled.versionId()).isEqualTo(TOKEN);
			awaitRotations();
		}
		assertThat(this.events).last().satisfies((event) -> {
			assertThat(event.phase()).isEqualTo(RotationEvent.Phase.FAILED);
			assertThat(event.failure()).hasMessage("The rotation was cancelled");
		});
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first, "AWSPENDING", TOKEN));
		DescribeSecretResponse described = this.client.describeSecret((request) -> request.secretId("db"));
		assertThat(described.rotationEnabled()).isFalse();
		assertThat(described.rotationLambdaARN()).isEqualTo(TestRotator.ARN);
		assertThat(described.rotationRules().automaticallyAfterDays()).isEqualTo(10);
		assertThat(described.nextRotationDate()).isNull();
		assertFails(InvalidRequestException.class, INCOMPLETE, () -> rotate(OTHER_TOKEN));
		awaitRotations();
		assertThat(this.server.versionId("db")).isEqualTo(this.first);
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.server.versionId("db")).isEqualTo(TOKEN);
	}

	@Test
	void cancelRotateSecretWhenNothingIsUnderWayTellsNoVersion() throws InterruptedException {
		rotate(TOKEN);
		awaitRotations();
		assertThat(this.client.cancelRotateSecret((request) -> request.secretId("db")).versionId()).isNull();
		assertThat(this.client.cancelRotateSecret((request) -> request.secretId("db")).name()).isEqualTo("db");
	}

	@Test
	void rotationWhenPendingIsTakenAwayEnds() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.SET_SECRET)) {
			rotate(TOKEN);
			assertThat(gate.await(1, LONG)).isTrue();
			this.client.updateSecretVersionStage(
					(request) -> request.secretId("db").versionStage("AWSPENDING").removeFromVersionId(TOKEN));
		}
		awaitRotations();
		assertThat(this.events).extracting((event) -> event.step().label() + " " + event.phase())
			.containsExactly("createSecret STARTED", "createSecret COMPLETED", "setSecret FAILED");
		assertThat(this.events).last()
			.satisfies((event) -> assertThat(event.failure())
				.hasMessage("Version " + TOKEN + " is not AWSPENDING any more"));
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first));
	}

	@Test
	void rotationWhenSecretIsDeletedEnds() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET)) {
			rotate(TOKEN);
			assertThat(gate.await(1, LONG)).isTrue();
			this.server.delete("db", 7);
		}
		awaitRotations();
		assertThat(this.events).last()
			.satisfies(
					(event) -> assertThat(event.failure()).hasMessage("You can't perform this operation on the secret"
							+ " because it was marked for deletion. (InvalidRequestException)"));
	}

	@Test
	void rotateSecretWhenThereIsNoRotatorFails() {
		assertFails(InvalidRequestException.class, "No Lambda rotation function ARN is associated with this secret.",
				() -> this.client.rotateSecret((request) -> request.secretId("db")));
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access"
						+ " to the principal secretsmanager.amazonaws.com. (The embedded Secrets Manager has no rotator"
						+ " registered under arn:other.)",
				() -> this.client.rotateSecret((request) -> request.secretId("db").rotationLambdaARN("arn:other")));
		assertFails(InvalidRequestException.class, "No Lambda rotation function ARN is associated with this secret.",
				() -> this.client.cancelRotateSecret((request) -> request.secretId("db")));
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first));
		assertThatIllegalArgumentException().isThrownBy(() -> this.server.startRotation("db", "arn:other"))
			.withMessageStartingWith("RotateSecret of 'db' in eu-west-1: Secrets Manager cannot invoke");
	}

	@Test
	void rotateSecretWhenSecretIsMissingOrDeletedFails() {
		assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
				() -> this.client.rotateSecret((request) -> request.secretId("none").rotationLambdaARN("arn:other")));
		this.server.delete("db", 7);
		String marked = "You can't perform this operation on the secret because it was marked for deletion.";
		assertFails(InvalidRequestException.class, marked, () -> rotate(TOKEN));
		assertFails(InvalidRequestException.class, marked,
				() -> this.client.cancelRotateSecret((request) -> request.secretId("db")));
	}

	@Test
	void rotateSecretWhenRulesAreInvalidFails() {
		assertRulesRefused("You cannot specify both rotation frequency and schedule expression together.", 1L,
				"rate(1 day)", null);
		assertRulesRefused("Invalid ScheduleExpression rate(1 hour): a rate is from 4 hours to 1000 days.", null,
				"rate(1 hour)", null);
		assertRulesRefused("The rotation window of 5h must not extend into the next UTC day or into the next rotation"
				+ " window: Duration may be 1h to 4h.", null, "rate(4 hours)", "5h");
		assertRulesRefused("Duration needs AutomaticallyAfterDays or ScheduleExpression, which say when the rotation"
				+ " window opens.", null, null, "5h");
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '1001' at 'automaticallyAfterDays' failed to satisfy constraint: Member"
						+ " must have value less than or equal to 1000",
				() -> rotate(1001L, null, null));
		assertFails(SecretsManagerException.class, "ValidationException",
				"1 validation error detected: Value '3m' at 'duration' failed to satisfy constraint: Member must satisfy"
						+ " regular expression pattern: [0-9]+h",
				() -> rotate(1L, null, "3m"));
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", this.first));
	}

	private void assertRulesRefused(String message, Long days, String expression, String duration) {
		assertFails(InvalidParameterException.class, message, () -> rotate(days, expression, duration));
	}

	private void rotate(Long days, String expression, String duration) {
		this.client.rotateSecret((request) -> request.secretId("db")
			.rotationLambdaARN(TestRotator.ARN)
			.rotationRules(
					(rules) -> rules.automaticallyAfterDays(days).scheduleExpression(expression).duration(duration)));
	}

	@Test
	void rotateSecretWithoutTokenFails() throws IOException, InterruptedException {
		assertThat(new RawClient(this.server).post("RotateSecret", "{\"SecretId\":\"db\"}").body())
			.contains("InvalidRequestException", "You must provide a ClientRequestToken value.");
	}

	@Test
	void rotationOperationsNeedTheirOwnPermissions() {
		this.server.policy("""
				{"Statement":{"Effect":"Allow","Action":"secretsmanager:Get*","Resource":"*"}}""");
		for (String operation : List.of("RotateSecret", "CancelRotateSecret")) {
			assertFails(SecretsManagerException.class, "AccessDeniedException",
					"User: arn:aws:sts::123456789012:assumed-role/application/embedded is not authorized to perform:"
							+ " secretsmanager:" + operation
							+ " on resource: db because no identity-based policy allows" + " the secretsmanager:"
							+ operation + " action",
					() -> {
						if (operation.equals("RotateSecret")) {
							rotate(TOKEN);
						}
						else {
							this.client.cancelRotateSecret((request) -> request.secretId("db"));
						}
					});
		}
	}

	@Test
	void faultsAndPoliciesDoNotApplyToTheSteps() throws InterruptedException {
		this.server.faults().add(Fault.throttled().onOperation("PutSecretValue"));
		rotate(TOKEN);
		this.server.policy("{\"Statement\":[]}");
		awaitRotations();
		assertThat(this.server.versionId("db")).isEqualTo(TOKEN);
		assertThat(this.server.calls()).extracting(Call::operation).containsExactly("RotateSecret");
	}

	@Test
	void resetEndsRotationsAndForgetsRotators() throws InterruptedException {
		Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET);
		rotate(TOKEN);
		assertThat(gate.await(1, LONG)).isTrue();
		this.server.reset();
		awaitRotations();
		assertThat(this.server.names()).isEmpty();
		this.server.create("db", "one");
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access"
						+ " to the principal secretsmanager.amazonaws.com. (The embedded Secrets Manager has no rotator"
						+ " registered under " + TestRotator.ARN + ".)",
				() -> rotate(TOKEN));
	}

	@Test
	void closeEndsRotationsAndLeavesNoThread() throws InterruptedException {
		List<Thread> others = rotationThreads();
		SecretsServer closed = SecretsServer.builder().secret("a = one").secret("b = one").secret("c = one").start();
		closed.rotations().register(TestRotator.ARN, this.rotator);
		Gate gate = closed.rotations().gate(RotationStep.SET_SECRET);
		closed.startRotation("a", TestRotator.ARN);
		assertThat(gate.await(1, LONG)).isTrue();
		gate.release();
		closed.rotations().gap(Duration.ofDays(1));
		closed.startRotation("b", TestRotator.ARN);
		List<Thread> threads = rotationThreads().stream().filter((thread) -> !others.contains(thread)).toList();
		assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
		closed.close();
		assertThat(threads).noneMatch(Thread::isAlive);
		assertThat(closed.rotations().await(Duration.ZERO)).isTrue();
		closed.startRotation("c", TestRotator.ARN);
		assertThat(closed.rotations().await(Duration.ZERO)).isTrue();
	}

	private static List<Thread> rotationThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("aws-secrets-embedded-rotation-"))
			.toList();
	}

	private RotateSecretResponse rotate(String token) {
		return this.client.rotateSecret(
				(request) -> request.secretId("db").clientRequestToken(token).rotationLambdaARN(TestRotator.ARN));
	}

	private String outcome(String token) {
		try {
			rotate(token);
			return "OK";
		}
		catch (InvalidRequestException ex) {
			return ex.awsErrorDetails().errorMessage();
		}
	}

	private void awaitRotations() throws InterruptedException {
		assertThat(this.server.rotations().await(LONG)).isTrue();
	}

	private String value(String stage) {
		return this.client.getSecretValue((request) -> request.secretId("db").versionStage(stage)).secretString();
	}

}
