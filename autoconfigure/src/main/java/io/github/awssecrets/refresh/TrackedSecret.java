package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;

import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

/**
 * A watched secret under one of its spellings, and what polls found out about it. Not
 * safe for use by several threads.
 */
final class TrackedSecret {

	private static final long REMIND_AFTER = Duration.ofHours(1).toNanos();

	private static final long REPEAT_AFTER = Duration.ofMinutes(10).toNanos();

	private final Alarm confirmation = new Alarm();

	private final Alarm attempt = new Alarm();

	private WatchedSecret use;

	private boolean evaluated;

	private long evaluatedFrom;

	private @Nullable Instant retrieved;

	private @Nullable Instant changed;

	private @Nullable Instant changedBefore;

	private @Nullable Instant polled;

	private @Nullable PollOutcome outcome;

	private @Nullable RetrievalFailure failure;

	private boolean gone;

	private @Nullable Instant since;

	private long reported;

	/* Not the version, which would keep its content */
	private @Nullable Rejection rejection;

	private @Nullable String unconfirmed;

	private @Nullable ApartLane lane;

	private int attempts;

	TrackedSecret(WatchedSecret use) {
		this.use = use;
	}

	WatchedSecret use() {
		return this.use;
	}

	void use(WatchedSecret use) {
		this.use = use;
	}

	/**
	 * Take note of a retrieval, unless it began before one that is known already:
	 * retrievals may overtake each other.
	 * @param started when the retrieval began
	 * @return whether its outcome counts
	 */
	boolean evaluate(long started) {
		if (this.evaluated && started - this.evaluatedFrom < 0) {
			return false;
		}
		this.evaluated = true;
		this.evaluatedFrom = started;
		return true;
	}

	/**
	 * Take note of an answer.
	 * @param now the time
	 * @param outcome the answer
	 * @return whether the secret was failing or gone before
	 */
	boolean answered(Instant now, RetrievalOutcome outcome) {
		boolean recovered = this.failure != null;
		this.polled = now;
		this.failure = null;
		this.gone = false;
		this.since = (this.rejection != null) ? this.since : null;
		this.retrieved = (outcome instanceof SecretVersion) ? now : this.retrieved;
		return recovered;
	}

	/**
	 * Take note of a failure.
	 * @param now the time
	 * @param nanoTime the reading of the stopwatch
	 * @param failure the failure
	 * @param gone whether that means that the secret is gone
	 * @return whether people should be told
	 */
	boolean failed(Instant now, long nanoTime, RetrievalFailure failure, boolean gone) {
		Cause before = (this.failure != null) ? this.failure.cause() : null;
		this.since = (before != null && this.gone == gone && this.since != null) ? this.since : now;
		this.failure = failure;
		this.gone = gone;
		this.polled = now;
		this.outcome = gone ? PollOutcome.GONE : PollOutcome.FAILED;
		endConfirmation();
		long elapsed = nanoTime - this.reported;
		boolean report = before == null || elapsed >= REMIND_AFTER
				|| (before != failure.cause() && elapsed >= REPEAT_AFTER);
		this.reported = report ? nanoTime : this.reported;
		return report;
	}

	void unchanged() {
		settle(PollOutcome.UNCHANGED);
	}

	void accepted(Instant now) {
		settle(PollOutcome.ACCEPTED);
		this.changedBefore = this.changed;
		this.changed = now;
	}

	private void settle(PollOutcome outcome) {
		this.outcome = outcome;
		this.rejection = null;
		this.since = null;
		endConfirmation();
	}

	/**
	 * Take note that the application cannot use the version that was accepted last.
	 */
	void refused(Instant now, Decision.Rejected rejection) {
		this.changed = this.changedBefore;
		rejected(now, rejection);
	}

	void rejected(Instant now, Decision.Rejected rejected) {
		String versionId = rejected.version().versionId();
		boolean same = this.rejection != null && this.rejection.versionId().equals(versionId);
		this.since = (same && this.since != null) ? this.since : now;
		this.rejection = new Rejection(versionId, rejected.reason());
		this.outcome = PollOutcome.REJECTED;
		endConfirmation();
	}

	/**
	 * Tell whether a version was retrieved before, long enough ago: to confirm it, or
	 * because it has been rejected since.
	 */
	boolean isConfirmed(SecretVersion version, long started) {
		boolean rejected = this.rejection != null && this.rejection.versionId().equals(version.versionId());
		return rejected || (version.versionId().equals(this.unconfirmed) && this.confirmation.isDue(started));
	}

	void confirmLater(SecretVersion version, long nanoTime) {
		this.outcome = PollOutcome.UNCONFIRMED;
		if (!version.versionId().equals(this.unconfirmed)) {
			this.unconfirmed = version.versionId();
			this.confirmation.set(nanoTime);
		}
	}

	/**
	 * Put off a confirmation that is due and could not be made.
	 */
	void postponeConfirmation(long now, long nanoTime) {
		if (this.confirmation.isDue(now)) {
			this.confirmation.set(nanoTime);
		}
	}

	private void endConfirmation() {
		this.unconfirmed = null;
		this.confirmation.clear();
	}

	Alarm confirmation() {
		return this.confirmation;
	}

	/**
	 * Return where this secret is retrieved.
	 * @return the lane, or {@code null} if it is retrieved together with the others
	 */
	@Nullable ApartLane lane() {
		return this.lane;
	}

	Alarm attempt() {
		return this.attempt;
	}

	/**
	 * Return the nanoseconds until this secret is retrieved apart, or to confirm a
	 * version; the maximum if it is not.
	 */
	long untilOwnPoll(long now) {
		long apart = (this.lane != null) ? this.attempt.remaining(now) : Long.MAX_VALUE;
		return Math.min(apart, this.confirmation.remaining(now));
	}

	int retrieveApart(ApartLane lane) {
		this.attempts = (this.lane != null) ? this.attempts + 1 : 1;
		this.lane = lane;
		return this.attempts;
	}

	void retrieveTogether() {
		this.lane = null;
		this.attempt.clear();
	}

	/**
	 * Return what is known of this secret.
	 * @param inUse the outcome in use
	 * @param pending the change that is not applied yet, or {@code null}
	 * @param nextPoll when it is polled again, or {@code null} if that is not known
	 * @return the status
	 */
	SecretStatus status(@Nullable RetrievalOutcome inUse, @Nullable SecretChange pending, @Nullable Instant nextPoll) {
		String versionId = (inUse instanceof SecretVersion version) ? version.versionId() : null;
		RetrievalFailure reason = (this.failure == null && inUse instanceof RetrievalFailure before) ? before
				: this.failure;
		return new SecretStatus(this.use.selector(), state(reason, pending), versionId,
				(pending != null) ? pending.newVersionId() : null,
				(this.rejection != null) ? this.rejection.versionId() : null,
				(this.rejection != null) ? this.rejection.reason() : null, reason, this.since, this.retrieved,
				this.changed, this.polled, this.outcome, nextPoll);
	}

	private SecretState state(@Nullable RetrievalFailure reason, @Nullable SecretChange pending) {
		if (this.failure != null) {
			return this.gone ? SecretState.GONE : SecretState.FAILING;
		}
		if (this.rejection != null) {
			return SecretState.REJECTED;
		}
		if (pending != null) {
			return SecretState.PENDING;
		}
		if (reason != null) {
			return (reason.cause() == Cause.NOT_FOUND) ? SecretState.ABSENT : SecretState.FAILING;
		}
		return SecretState.CURRENT;
	}

	/**
	 * A version that must not be used, and why.
	 */
	private record Rejection(String versionId, String reason) {

	}

}
