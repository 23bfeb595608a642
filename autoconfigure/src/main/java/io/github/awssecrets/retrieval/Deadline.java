package io.github.awssecrets.retrieval;

import java.time.Duration;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;

/**
 * The moment at which a retrieval is over. Starts to run when it is created.
 */
final class Deadline {

	private final Timing timing;

	private final long start;

	private final Duration timeout;

	Deadline(Timing timing, Duration timeout) {
		this.timing = timing;
		this.start = timing.nanoTime();
		this.timeout = timeout;
	}

	Duration elapsed() {
		return Duration.ofNanos(this.timing.nanoTime() - this.start);
	}

	/**
	 * Return the time that is left; never negative.
	 * @return the time that is left
	 */
	Duration remaining() {
		Duration remaining = this.timeout.minus(elapsed());
		return remaining.isNegative() ? Duration.ZERO : remaining;
	}

	/**
	 * Return the failure of what had no answer by then.
	 * @return the failure of what had no answer by then
	 */
	CallFailure missed() {
		return CallFailure.of(Cause.TIMED_OUT, "no answer within %d ms".formatted(this.timeout.toMillis()));
	}

}
