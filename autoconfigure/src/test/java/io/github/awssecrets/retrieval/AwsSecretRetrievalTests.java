package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AwsSecretRetrieval} without a network, in virtual time and in one
 * thread.
 */
class AwsSecretRetrievalTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

	private static final CallFailure THROTTLED = CallFailure.of(Cause.THROTTLED, null);

	private static final CallFailure SERVER_ERROR = CallFailure.of(Cause.SERVER_ERROR, null);

	private static final CallFailure BATCH_DENIED = new CallFailure(Cause.ACCESS_DENIED, BatchCall.ACTION, null, null,
			400, "AccessDeniedException", null, null);

	private final VirtualTiming timing = new VirtualTiming();

	private final FakeSecretsManager aws = new FakeSecretsManager(this.timing);

	private final List<RetrievalCall> told = new ArrayList<>();

	private final AwsSecretRetrieval retrieval = retrieval(Runnable::run);

	private AwsSecretRetrieval retrieval(Executor executor) {
		return new AwsSecretRetrieval(new RunContext(this.aws, CALL_TIMEOUT, this.timing, new Backoff(new Random(42)),
				executor, executor, listener()), () -> {
				});
	}

	private RetrievalListener listener() {
		return new RetrievalListener() {

			@Override
			public void called(RetrievalCall call) {
				AwsSecretRetrievalTests.this.told.add(call);
			}

		};
	}

	private RetrievalReport retrieve(SecretSelector... selectors) {
		return this.retrieval.retrieve(Arrays.asList(selectors), TIMEOUT);
	}

	private RetrievalReport retrieve(String... ids) {
		this.aws.calls.clear();
		this.aws.timeouts.clear();
		return retrieve(Stream.of(ids).map(AwsSecretRetrievalTests::current).toArray(SecretSelector[]::new));
	}

	private static SecretSelector current(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private static String[] names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "app/s" + i).toArray(String[]::new);
	}

	private static SecretVersion version(RetrievalReport report, String id) {
		assertThat(report.outcome(current(id))).isInstanceOf(SecretVersion.class);
		return (SecretVersion) report.outcome(current(id));
	}

	private static RetrievalFailure failure(RetrievalReport report, String id) {
		assertThat(report.outcome(current(id))).isInstanceOf(RetrievalFailure.class);
		return (RetrievalFailure) report.outcome(current(id));
	}

	@Test
	void retrieveWhenNothingIsAskedForMakesNoCall() {
		this.aws.ownRegion(null);
		RetrievalReport report = retrieve(new String[0]);
		assertThat(report.outcomes()).isEmpty();
		assertThat(report.calls()).isZero();
		assertThat(this.aws.calls).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "2, 1", "20, 1", "21, 2", "41, 3", "100, 5", "500, 25" })
	void retrieveWhenManyAsksInBatchesOfTwenty(int secrets, int calls) {
		this.aws.rotate(names(secrets));
		RetrievalReport report = retrieve(names(secrets));
		assertThat(this.aws.calls).hasSize(calls).allMatch((call) -> call.startsWith("Batch "));
		assertThat(report.calls()).isEqualTo(calls);
		assertThat(report.versions()).hasSize(secrets);
		assertThat(report.failures()).isEmpty();
		for (String name : names(secrets)) {
			assertThat(version(report, name).content().whole())
				.isEqualTo(Canary.value(FakeSecretsManager.arn(name), 1));
		}
	}

	@Test
	void retrieveWhenOnlyOneAsksForItAlone() {
		this.aws.rotate("a");
		assertThat(version(retrieve("a"), "a").name()).isEqualTo("a");
		assertThat(this.aws.calls).containsExactly("Get eu-west-1 [a]");
	}

	@Test
	void retrieveWhenStageOrVersionAsksAlone() {
		this.aws.rotate("a", "b");
		SecretId id = new SecretId("a");
		String version = "12345678-1234-1234-1234-123456789012";
		retrieve(current("a"), current("b"), new SecretSelector(id, null, "AWSPREVIOUS", null),
				new SecretSelector(id, null, null, version), new SecretSelector(id, null, "AWSCURRENT", null));
		assertThat(this.aws.calls).containsExactlyInAnyOrder("Batch eu-west-1 [a, b]", "Get eu-west-1 [a] AWSPREVIOUS",
				"Get eu-west-1 [a] " + version);
	}

	@Test
	void retrieveWhenCurrentStageIsWrittenOutSharesTheVersion() {
		this.aws.rotate("a");
		SecretSelector written = new SecretSelector(new SecretId("a"), "eu-west-1", "AWSCURRENT", null);
		RetrievalReport report = retrieve(current("a"), written);
		assertThat(report.outcome(written)).isSameAs(version(report, "a"));
		assertThat(report.calls()).isOne();
	}

	@Test
	void retrieveWhenSeveralRegionsAsksEach() {
		this.aws.rotate("a", "b");
		retrieve(current("a"), current("b"), new SecretSelector(new SecretId("a"), "us-east-1", null, null),
				new SecretSelector(new SecretId("b"), "us-east-1", null, null));
		assertThat(this.aws.calls).containsExactlyInAnyOrder("Batch eu-west-1 [a, b]", "Batch us-east-1 [a, b]");
	}

	@Test
	void retrieveWhenNoRegionFailsWhatHasNoneOfItsOwn() {
		this.aws.ownRegion(null);
		this.aws.rotate("a", "b");
		SecretSelector regional = new SecretSelector(new SecretId("b"), "us-east-1", null, null);
		RetrievalReport report = retrieve(current("a"), regional);
		assertThat(failure(report, "a")).isEqualTo(RetrievalFailure.of(Cause.NO_REGION, new SecretId("a"), null));
		assertThat(report.outcome(regional)).isInstanceOf(SecretVersion.class);
		assertThat(report.region()).isNull();
	}

	@Test
	void retrieveWhenRegionIsFoundReportsIt() {
		this.aws.rotate("a");
		assertThat(retrieve("a").region()).isEqualTo("eu-west-1");
	}

	@Test
	void retrieveWhenAnswerHasPagesFollowsThem() {
		this.aws.rotate("a", "b", "c");
		this.aws.changeBatchAnswers((answer) -> {
			int page = this.aws.calls.size() - 1;
			return new BatchAnswer(answer.secrets().subList(page, page + 1), List.of(),
					(page < 2) ? "page-" + page : null);
		});
		assertThat(retrieve("a", "b", "c").versions()).hasSize(3);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b, c]", "Batch eu-west-1 [a, b, c] page-0",
				"Batch eu-west-1 [a, b, c] page-1");
	}

	@Test
	void retrieveWhenPagesGoInACircleAsksForTheRestAlone() {
		this.aws.rotate("a", "b");
		this.aws.changeBatchAnswers((answer) -> new BatchAnswer(answer.secrets().subList(0, 1), List.of(), "same"));
		assertThat(retrieve("a", "b").versions()).hasSize(2);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]", "Batch eu-west-1 [a, b] same",
				"Get eu-west-1 [b]");
	}

	@Test
	void retrieveWhenLaterPageFailsKeepsTheEarlier() {
		this.aws.rotate("a", "b");
		this.aws.changeBatchAnswers((answer) -> {
			this.aws.failNext(SERVER_ERROR);
			return new BatchAnswer(answer.secrets().subList(0, 1), List.of(), "next");
		});
		assertThat(retrieve("a", "b").versions()).hasSize(2);
		assertThat(this.aws.calls).endsWith("Get eu-west-1 [b]").hasSize(3);
	}

	@Test
	void retrieveWhenNameAndArnShareTheVersion() {
		this.aws.rotate("a");
		String arn = FakeSecretsManager.arn("a");
		RetrievalReport report = retrieve("a", arn);
		assertThat(version(report, "a")).isSameAs(version(report, arn));
		assertThat(report.versions()).hasSize(1);
		assertThat(report.calls()).isOne();
	}

	@Test
	void retrieveWhenRotatedBetweenTwoBatchesGivesAllSpellingsTheLater() {
		String arn = FakeSecretsManager.arn("app/s0");
		this.aws.rotate(names(20));
		this.aws.changeBatchAnswers((answer) -> {
			this.aws.rotate("app/s0");
			this.timing.advance(Duration.ofMillis(5));
			return answer;
		});
		RetrievalReport report = retrieve(Stream.concat(Stream.of(names(20)), Stream.of(arn)).toArray(String[]::new));
		assertThat(report.calls()).isEqualTo(2);
		assertThat(version(report, "app/s0")).isSameAs(version(report, arn));
		assertThat(version(report, arn).versionId()).isEqualTo("version-2");
	}

	@Test
	void retrieveWhenAnotherAccountHasTheSameNameKeepsThemApart() {
		this.aws.rotate("a");
		this.aws.rotateForeign("999999999999", "a");
		String foreign = FakeSecretsManager.arn("999999999999", "a");
		RetrievalReport report = retrieve("a", foreign);
		assertThat(version(report, "a").arn()).isEqualTo(FakeSecretsManager.arn("a"));
		assertThat(version(report, foreign).arn()).isEqualTo(foreign);
	}

	@Test
	void retrieveWhenOneIsMissingReportsItAndKeepsTheBatch() {
		this.aws.rotate("a", "b");
		RetrievalReport report = retrieve("a", "missing", "b");
		assertThat(failure(report, "missing").cause()).isEqualTo(Cause.NOT_FOUND);
		assertThat(report.versions()).hasSize(2);
		assertThat(report.calls()).isOne();
		assertThat(report.outcomes().keySet()).containsExactly(current("a"), current("missing"), current("b"));
	}

	@Test
	void retrieveWhenOneHasAPassingErrorInsideABatchAsksForItAlone() {
		this.aws.rotate("a", "b");
		this.aws.changeBatchAnswers((answer) -> new BatchAnswer(answer.secrets().subList(0, 1),
				List.of(new SecretError("b", THROTTLED)), null));
		assertThat(retrieve("a", "b").versions()).hasSize(2);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]", "Get eu-west-1 [b]");
	}

	@Test
	void retrieveWhenAnIdIsNotAnsweredAsksForItAlone() {
		this.aws.rotate("a", "b");
		this.aws.changeBatchAnswers((answer) -> new BatchAnswer(answer.secrets().subList(0, 1), List.of(), null));
		assertThat(retrieve("a", "b").versions()).hasSize(2);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]", "Get eu-west-1 [b]");
	}

	@Test
	void retrieveWhenBatchHasNoValueFails() {
		this.aws.rotate("a", "b");
		this.aws.changeBatchAnswers((answer) -> new BatchAnswer(
				List.of(answer.secrets().get(0), withoutContent(answer.secrets().get(1))), List.of(), null));
		RetrievalReport report = retrieve("a", "b");
		assertThat(failure(report, "b").cause()).isEqualTo(Cause.NO_VALUE);
		assertThat(version(report, "a").name()).isEqualTo("a");
	}

	private static AnsweredSecret withoutContent(AnsweredSecret secret) {
		return new AnsweredSecret(secret.arn(), secret.name(), secret.versionId(), secret.stages(), null, null);
	}

	@Test
	void retrieveWhenAnswerIsEmptyFails() {
		this.aws.rotate("a");
		this.aws.changeAnswers((answer) -> new AnsweredSecret(null, null, null, List.of(), null, null));
		assertThat(failure(retrieve("a"), "a").cause()).isEqualTo(Cause.NO_VALUE);
	}

	@Test
	void retrieveWhenAnswerIsForAnotherSecretFails() {
		this.aws.rotate("a");
		this.aws.changeAnswers((answer) -> new AnsweredSecret(FakeSecretsManager.arn("other"), "other",
				answer.versionId(), answer.stages(), answer.content(), answer.created()));
		assertThat(failure(retrieve("a"), "a").cause()).isEqualTo(Cause.MALFORMED_ANSWER);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVER_ERROR", "CONNECTION_LOST", "MALFORMED_ANSWER", "INVALID_REQUEST", "NOT_FOUND",
			"DECRYPTION_FAILED" })
	void retrieveWhenBatchFailsAsksForEachAlone(Cause cause) {
		this.aws.rotate("a", "b", "c");
		this.aws.failOperation("Batch", CallFailure.of(cause, null));
		assertThat(retrieve("a", "b", "c").versions()).hasSize(3);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b, c]", "Get eu-west-1 [a]",
				"Get eu-west-1 [b]", "Get eu-west-1 [c]");
	}

	@Test
	void retrieveWhenSecretMadeItsBatchHangAsksForItAloneUntilItAnswers() {
		this.aws.rotate("a", "bad", "c");
		this.aws.hang("bad");
		RetrievalReport report = retrieve("a", "bad", "c");
		assertThat(report.versions()).hasSize(2);
		assertThat(failure(report, "bad").cause()).isEqualTo(Cause.TIMED_OUT);
		assertThat(failure(report, "bad").attempts()).isEqualTo(2);
		assertThat(retrieve("a", "bad", "c").versions()).hasSize(2);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, c]", "Get eu-west-1 [bad]");
		this.aws.recover();
		assertThat(retrieve("a", "bad", "c").versions()).hasSize(3);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, c]", "Get eu-west-1 [bad]");
		assertThat(retrieve("a", "bad", "c").versions()).hasSize(3);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, bad, c]");
	}

	@Test
	void retrieveWhenSecretIsMissingAfterAnAccidentKeepsItInTheBatch() {
		this.aws.rotate("a", "b");
		this.aws.failNext(SERVER_ERROR);
		retrieve("a", "missing", "b");
		retrieve("a", "missing", "b");
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, missing, b]");
	}

	@Test
	void retrieveWhenNothingAnswersBlamesNobody() {
		this.aws.rotate("a", "b");
		this.aws.failOperation("Batch", SERVER_ERROR);
		this.aws.failOperation("Get", SERVER_ERROR);
		assertThat(retrieve("a", "b").failures()).extracting(RetrievalFailure::cause).containsOnly(Cause.SERVER_ERROR);
		this.aws.recover();
		retrieve("a", "b");
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]");
	}

	@Test
	void retrieveWhenEverythingFailsRepeatsNoMoreThanTheBudget() {
		this.aws.failOperation("Batch", SERVER_ERROR);
		this.aws.failOperation("Get", SERVER_ERROR);
		RetrievalReport report = retrieve(names(100));
		assertThat(report.failures()).hasSize(100);
		assertThat(report.calls()).isEqualTo(5 + 100 + 25);
	}

	@Test
	void retrieveWhenBatchesAreDeniedAsksForEachAloneForAnHourAndProbesOnce() {
		this.aws.rotate(names(60));
		this.aws.failOperation("Batch", BATCH_DENIED);
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(batchCalls()).isOne();
		assertThat(this.aws.calls).hasSize(61);
		this.timing.advance(Duration.ofMinutes(59));
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(batchCalls()).isZero();
		this.timing.advance(Duration.ofMinutes(2));
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(batchCalls()).isOne();
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(batchCalls()).isZero();
		this.aws.recover();
		this.timing.advance(Duration.ofMinutes(61));
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(this.aws.calls).hasSize(41);
		assertThat(batchCalls()).isOne();
		assertThat(retrieve(names(60)).versions()).hasSize(60);
		assertThat(this.aws.calls).hasSize(3);
		assertThat(batchCalls()).isEqualTo(3);
	}

	private long batchCalls() {
		return this.aws.calls.stream().filter((call) -> call.startsWith("Batch ")).count();
	}

	@Test
	void retrieveWhenThrottledRepeatsTheBatchAsABatch() {
		this.aws.rotate("a", "b");
		this.aws.failNext(THROTTLED, THROTTLED, THROTTLED, THROTTLED, THROTTLED);
		RetrievalReport report = retrieve("a", "b");
		assertThat(report.versions()).hasSize(2);
		assertThat(report.calls()).isEqualTo(6);
		assertThat(this.aws.calls).containsOnly("Batch eu-west-1 [a, b]");
		assertThat(this.timing.pauses).hasSize(5);
		for (int i = 0; i < 5; i++) {
			assertThat(this.timing.pauses.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(100L << i));
		}
	}

	@Test
	void retrieveWhenThrottledToTheEndFailsBeforeTheDeadlineAndForgets() {
		this.aws.rotate("a", "b");
		this.aws.failOperation("Batch", THROTTLED);
		RetrievalReport report = retrieve("a", "b");
		assertThat(report.failures()).extracting(RetrievalFailure::cause)
			.containsExactly(Cause.THROTTLED, Cause.THROTTLED);
		assertThat(report.elapsed()).isBetween(Duration.ofSeconds(20), TIMEOUT);
		assertThat(failure(report, "a").attempts()).isEqualTo(report.calls()).isGreaterThan(8);
		assertThat(this.aws.calls).containsOnly("Batch eu-west-1 [a, b]");
		this.aws.recover();
		assertThat(retrieve("a", "b").calls()).isOne();
	}

	@Test
	void retrieveWhenBatchHangsLeavesTimeForTheSingleCalls() {
		this.aws.rotate("a", "b");
		this.aws.hang("b");
		RetrievalReport report = this.retrieval.retrieve(List.of(current("a"), current("b")), Duration.ofSeconds(8));
		assertThat(this.aws.timeouts).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(4),
				Duration.ofSeconds(4));
		assertThat(version(report, "a").name()).isEqualTo("a");
		assertThat(failure(report, "b").cause()).isEqualTo(Cause.TIMED_OUT);
		assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void retrieveWhenThereIsTimeLimitsEachCall() {
		this.aws.rotate("a", "b");
		retrieve("a", "b");
		assertThat(this.aws.timeouts).containsExactly(CALL_TIMEOUT);
	}

	@ParameterizedTest
	@EnumSource(names = { "NO_CREDENTIALS", "EXPIRED_CREDENTIALS", "WRONG_CREDENTIALS", "NO_PROFILE" })
	void retrieveWhenCredentialsFailDoesNotTryAgain(Cause cause) {
		this.aws.failOperation("Batch", CallFailure.of(cause, null));
		RetrievalReport report = retrieve("a", "b");
		assertThat(report.failures()).extracting(RetrievalFailure::cause).containsExactly(cause, cause);
		assertThat(report.calls()).isOne();
	}

	@Test
	void retrieveWhenUnreachableRepeatsTheBatchAndDoesNotSplitIt() {
		this.aws.failOperation("Batch", CallFailure.of(Cause.UNREACHABLE, null));
		RetrievalReport report = retrieve("a", "b");
		assertThat(report.failures()).extracting(RetrievalFailure::cause).containsOnly(Cause.UNREACHABLE);
		assertThat(this.aws.calls).hasSize(3).containsOnly("Batch eu-west-1 [a, b]");
	}

	@Test
	void retrieveWhenRoleCannotBeAssumedDoesNotCountAsDeniedBatch() {
		this.aws.rotate("a", "b");
		this.aws.failNext(
				new CallFailure(Cause.ACCESS_DENIED, "sts:AssumeRole", null, null, 403, "AccessDenied", null, null));
		assertThat(retrieve("a", "b").failures()).extracting(RetrievalFailure::action).containsOnly("sts:AssumeRole");
		assertThat(retrieve("a", "b").versions()).hasSize(2);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]");
	}

	@Test
	void retrieveWhenScheduledForDeletionAsksForTheDateOnce() {
		Instant date = Instant.parse("2026-12-02T00:00:00Z");
		this.aws.rotate("a", "b");
		this.aws.deletionDate(date);
		this.aws.failSecret("a", CallFailure.of(Cause.SCHEDULED_FOR_DELETION, null));
		RetrievalReport report = retrieve("a", "b");
		assertThat(failure(report, "a").deletionDate()).isEqualTo(date);
		assertThat(this.aws.calls).containsExactly("Batch eu-west-1 [a, b]", "Describe eu-west-1 [a]");
		assertThat(report.calls()).isEqualTo(2);
	}

	@Test
	void retrieveWhenDateOfDeletionIsDeniedGoesWithout() {
		this.aws.failSecret("a", CallFailure.of(Cause.SCHEDULED_FOR_DELETION, null));
		this.aws.failOperation("Describe", CallFailure.of(Cause.ACCESS_DENIED, null));
		RetrievalFailure failure = failure(retrieve("a"), "a");
		assertThat(failure.cause()).isEqualTo(Cause.SCHEDULED_FOR_DELETION);
		assertThat(failure.deletionDate()).isNull();
		assertThat(this.aws.calls).containsExactly("Get eu-west-1 [a]", "Describe eu-west-1 [a]");
	}

	@Test
	void retrieveWhenClientMisbehavesFailsWithItsClassOnly() {
		this.aws.rotate("a");
		this.aws.changeAnswers((answer) -> {
			throw new IllegalStateException(Canary.value("a", 1));
		});
		RetrievalFailure failure = failure(retrieve("a"), "a");
		assertThat(failure.cause()).isEqualTo(Cause.CLIENT_FAILED);
		assertThat(failure.detail()).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void retrieveWhenDeadlineIsOverTimesOutWhatIsOpen() {
		this.aws.rotate("a");
		List<Runnable> later = new ArrayList<>();
		RetrievalReport report = retrieval(later::add).retrieve(List.of(current("a")), Duration.ofMillis(1));
		assertThat(failure(report, "a").cause()).isEqualTo(Cause.TIMED_OUT);
		assertThat(failure(report, "a").detail()).isEqualTo("no answer within 1 ms");
		assertThat(report.calls()).isZero();
		later.forEach(Runnable::run);
		assertThat(this.aws.calls).isEmpty();
	}

	@Test
	void retrieveWhenInterruptedCancelsWhatIsOpenAndKeepsTheFlag() {
		AwsSecretRetrieval stuck = retrieval((task) -> {
		});
		Thread.currentThread().interrupt();
		RetrievalReport report = stuck.retrieve(List.of(current("a")), TIMEOUT);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure(report, "a").cause()).isEqualTo(Cause.CANCELLED);
	}

	@Test
	void retrieveWhenClosedMeanwhileCancelsWhatIsOpen() {
		List<AwsSecretRetrieval> self = new ArrayList<>();
		AwsSecretRetrieval closing = retrieval((task) -> self.get(0).close());
		self.add(closing);
		RetrievalReport report = closing.retrieve(List.of(current("a")), TIMEOUT);
		assertThat(failure(report, "a").cause()).isEqualTo(Cause.CANCELLED);
	}

	@Test
	void retrieveWhenClosedThrows() {
		this.retrieval.close();
		this.retrieval.close();
		assertThat(this.aws.closed).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> retrieve("a"));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void retrieveWhenTimeoutIsNotPositiveThrows(long seconds) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.retrieval.retrieve(List.of(current("a")), Duration.ofSeconds(seconds)));
	}

	@Test
	void reportShowsNoValue() {
		this.aws.rotate("a", "b");
		assertThat(retrieve("a", "b", "missing").toString()).contains("secret:a-AbCdEf", "version-1", "NOT_FOUND")
			.doesNotContain(Canary.MARKER);
	}

	@Test
	void retrieveWhenCallsEndTellsOperationOutcomeAndTime() {
		this.aws.rotate("a", "b", "c");
		this.aws.failSecret("b", CallFailure.of(Cause.SCHEDULED_FOR_DELETION, null));
		retrieve("a", "b");
		this.aws.failOperation("Batch", BATCH_DENIED);
		retrieve("a", "c");
		this.aws.hang("a");
		retrieve(new SecretSelector(new SecretId("a"), null, "AWSPREVIOUS", null));
		assertThat(this.told).containsExactly(new RetrievalCall("BatchGetSecretValue", null, true, Duration.ZERO),
				new RetrievalCall("DescribeSecret", null, false, Duration.ZERO),
				new RetrievalCall("BatchGetSecretValue", Cause.ACCESS_DENIED, false, Duration.ZERO),
				new RetrievalCall("GetSecretValue", null, false, Duration.ZERO),
				new RetrievalCall("GetSecretValue", null, false, Duration.ZERO),
				new RetrievalCall("GetSecretValue", Cause.TIMED_OUT, false, CALL_TIMEOUT));
	}

}
