package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link TrackedSecret}, {@link Alarm} and {@link SecretMemory}.
 */
class TrackedSecretTests {

	private static final SecretId ID = new SecretId("prod/db");

	private static final Instant FIRST = Instant.EPOCH;

	private static final Instant SECOND = Instant.EPOCH.plusSeconds(1);

	private static final Instant THIRD = Instant.EPOCH.plusSeconds(2);

	private final TrackedSecret secret = new TrackedSecret(
			new WatchedSecret(SecretSelector.current(ID), Set.of(), false));

	@Test
	void evaluateWhenRetrievalBeganBeforeOneThatIsKnownDoesNotCount() {
		assertThat(this.secret.evaluate(-5)).isTrue();
		assertThat(this.secret.evaluate(100)).isTrue();
		assertThat(this.secret.evaluate(99)).isFalse();
		assertThat(this.secret.evaluate(100)).isTrue();
		assertThat(this.secret.evaluate(101)).isTrue();
	}

	@Test
	void evaluateWhenStopwatchOverflowsCounts() {
		assertThat(this.secret.evaluate(Long.MAX_VALUE - 1)).isTrue();
		assertThat(this.secret.evaluate(Long.MIN_VALUE + 1)).isTrue();
		assertThat(this.secret.evaluate(Long.MAX_VALUE)).isFalse();
	}

	@Test
	void answeredWhenFailingEndsThat() {
		fail(FIRST, Cause.ACCESS_DENIED);
		assertThat(this.secret.answered(SECOND, version(1))).isTrue();
		SecretStatus status = status(version(1));
		assertThat(status.state()).isEqualTo(SecretState.CURRENT);
		assertThat(status.since()).isNull();
		assertThat(status.retrieved()).isEqualTo(SECOND);
		assertThat(status.polled()).isEqualTo(SECOND);
		assertThat(this.secret.answered(THIRD, failure(Cause.NOT_FOUND))).isFalse();
		assertThat(status(version(1)).retrieved()).isEqualTo(SECOND);
	}

	@Test
	void failedWhenInTheSameWayKeepsSinceWhen() {
		this.secret.rejected(FIRST, new Decision.Rejected(version(2), "it is empty"));
		fail(SECOND, Cause.ACCESS_DENIED);
		assertThat(status(version(1)).since()).isEqualTo(SECOND);
		fail(THIRD, Cause.THROTTLED);
		assertThat(status(version(1)).since()).isEqualTo(SECOND);
		this.secret.failed(THIRD, 0, failure(Cause.NOT_FOUND), true);
		assertThat(status(version(1)).since()).isEqualTo(THIRD);
		assertThat(status(version(1)).state()).isEqualTo(SecretState.GONE);
	}

	@Test
	void failedWhenAgainTellsPeopleAfterAnHourOrWithAnotherCauseAfterTenMinutes() {
		long hour = Duration.ofHours(1).toNanos();
		long minutes = Duration.ofMinutes(10).toNanos();
		assertThat(this.secret.failed(FIRST, 5, failure(Cause.THROTTLED), false)).isTrue();
		assertThat(this.secret.failed(FIRST, 4 + hour, failure(Cause.THROTTLED), false)).isFalse();
		assertThat(this.secret.failed(FIRST, 5 + hour, failure(Cause.THROTTLED), false)).isTrue();
		assertThat(this.secret.failed(FIRST, 4 + hour + minutes, failure(Cause.TIMED_OUT), false)).isFalse();
		assertThat(this.secret.failed(FIRST, 5 + hour + minutes, failure(Cause.THROTTLED), false)).isTrue();
	}

	@Test
	void rejectedWhenTheSameVersionKeepsSinceWhen() {
		this.secret.rejected(FIRST, new Decision.Rejected(version(2), "it is empty"));
		this.secret.answered(SECOND, version(2));
		this.secret.rejected(SECOND, new Decision.Rejected(version(2), "it is empty"));
		assertThat(status(version(1)).since()).isEqualTo(FIRST);
		this.secret.rejected(THIRD, new Decision.Rejected(version(3), "it is empty"));
		assertThat(status(version(1)).since()).isEqualTo(THIRD);
		this.secret.unchanged();
		assertThat(status(version(1)).since()).isNull();
	}

	@Test
	void refusedWhenAcceptedBeforeTakesThatBack() {
		this.secret.accepted(FIRST);
		this.secret.accepted(SECOND);
		this.secret.refused(THIRD, new Decision.Rejected(version(2), "it is refused"));
		SecretStatus status = status(version(1));
		assertThat(status.changed()).isEqualTo(FIRST);
		assertThat(status.state()).isEqualTo(SecretState.REJECTED);
		assertThat(status.rejectedVersionId()).isEqualTo(SimulatedSecrets.id(2));
		assertThat(status.since()).isEqualTo(THIRD);
		assertThat(status.outcome()).isEqualTo(PollOutcome.REJECTED);
	}

	@Test
	void confirmationWhenSomethingElseIsFoundEnds() {
		for (Runnable found : new Runnable[] { () -> fail(FIRST, Cause.THROTTLED), this.secret::unchanged,
				() -> this.secret.accepted(FIRST),
				() -> this.secret.rejected(FIRST, new Decision.Rejected(version(3), "it is empty")) }) {
			this.secret.confirmLater(version(2), 100);
			assertThat(this.secret.isConfirmed(version(2), 99)).isFalse();
			assertThat(this.secret.isConfirmed(version(2), 100)).isTrue();
			assertThat(this.secret.isConfirmed(version(1), 100)).isFalse();
			found.run();
			assertThat(this.secret.isConfirmed(version(2), 100)).isFalse();
			assertThat(this.secret.confirmation().isSet()).isFalse();
		}
	}

	@Test
	void confirmationWhenOfTheSameVersionIsNotPutOff() {
		this.secret.confirmLater(version(2), 100);
		this.secret.confirmLater(version(2), 200);
		assertThat(this.secret.confirmation().remaining(0)).isEqualTo(100);
		this.secret.postponeConfirmation(99, 300);
		assertThat(this.secret.confirmation().remaining(0)).isEqualTo(100);
		this.secret.postponeConfirmation(100, 300);
		assertThat(this.secret.untilOwnPoll(0)).isEqualTo(300);
		this.secret.confirmLater(version(3), 400);
		assertThat(this.secret.untilOwnPoll(0)).isEqualTo(400);
	}

	@Test
	void confirmationWhenVersionIsRejectedIsNotNeeded() {
		this.secret.rejected(FIRST, new Decision.Rejected(version(2), "it is empty"));
		assertThat(this.secret.isConfirmed(version(2), 0)).isTrue();
		assertThat(this.secret.isConfirmed(version(3), 0)).isFalse();
	}

	@Test
	void retrieveApartWhenRepeatedCountsAttemptsUntilTogether() {
		ApartLane lane = new ApartLane(SecretSelector.current(ID), null, null);
		assertThat(this.secret.retrieveApart(lane)).isOne();
		assertThat(this.secret.retrieveApart(lane)).isEqualTo(2);
		assertThat(this.secret.retrieveApart(lane)).isEqualTo(3);
		assertThat(this.secret.lane()).isEqualTo(lane);
		this.secret.attempt().set(100);
		assertThat(this.secret.untilOwnPoll(0)).isEqualTo(100);
		this.secret.retrieveTogether();
		assertThat(this.secret.lane()).isNull();
		assertThat(this.secret.attempt().isSet()).isFalse();
		assertThat(this.secret.untilOwnPoll(0)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.secret.retrieveApart(lane)).isOne();
	}

	@Test
	void alarmWhenSetAtLatestKeepsTheEarlierMoment() {
		Alarm alarm = new Alarm();
		alarm.setAtLatest(100);
		alarm.setAtLatest(200);
		assertThat(alarm.remaining(0)).isEqualTo(100);
		alarm.setAtLatest(50);
		assertThat(alarm.remaining(0)).isEqualTo(50);
		assertThat(alarm.isDue(49)).isFalse();
		assertThat(alarm.isDue(50)).isTrue();
		assertThat(alarm.remaining(60)).isZero();
		assertThat(alarm.isSet()).isTrue();
		alarm.clear();
		assertThat(alarm.isSet()).isFalse();
		assertThat(alarm.isDue(60)).isFalse();
	}

	@Test
	void alarmWhenStopwatchOverflowsKnowsTheEarlierMoment() {
		Alarm alarm = new Alarm();
		alarm.set(Long.MAX_VALUE - 5);
		alarm.setAtLatest(Long.MIN_VALUE + 5);
		assertThat(alarm.remaining(Long.MAX_VALUE - 10)).isEqualTo(5);
	}

	@Test
	void memoryWhenFullForgetsTheOldestOnly() {
		SecretMemory memory = new SecretMemory();
		for (int version = 1; version <= SecretMemory.SIZE; version++) {
			memory.hold(SimulatedSecrets.id(version));
		}
		assertThat(memory.wasHeld(SimulatedSecrets.id(1))).isTrue();
		memory.hold(SimulatedSecrets.id(1));
		memory.hold(SimulatedSecrets.id(100));
		assertThat(memory.held()).hasSize(SecretMemory.SIZE)
			.doesNotContain(SimulatedSecrets.id(2))
			.endsWith(SimulatedSecrets.id(1), SimulatedSecrets.id(100));
	}

	@Test
	void memoryWhenVersionIsRefusedKnowsThatItWasNotInUse() {
		SecretMemory memory = new SecretMemory();
		memory.hold("1");
		memory.refuse("1", "it is refused");
		assertThat(memory.wasHeld("1")).isFalse();
		assertThat(memory.refusal("1")).isEqualTo("it is refused");
		memory.forgetRefusals();
		assertThat(memory.refusal("1")).isNull();
	}

	private void fail(Instant now, Cause cause) {
		this.secret.failed(now, 0, failure(cause), false);
	}

	private static RetrievalFailure failure(Cause cause) {
		return RetrievalFailure.of(cause, ID, null);
	}

	private static SecretVersion version(int version) {
		return SimulatedSecrets.version("prod/db", version, SecretContent.ofText(""));
	}

	private SecretStatus status(@Nullable SecretVersion inUse) {
		return this.secret.status(inUse, null, null);
	}

}
