package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the pause is random between zero and a bound
 * that doubles with each attempt, so that callers that were refused together do not come
 * back together.
 */
final class Backoff {

	private static final Duration BASE = Duration.ofMillis(100);

	private static final Duration MAXIMUM = Duration.ofSeconds(5);

	private static final int MAXIMUM_DOUBLINGS = 10;

	private final RandomGenerator random;

	Backoff(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Return the pause after a failed attempt.
	 * @param attempts the number of attempts so far, from 1
	 * @return the pause after a failed attempt
	 */
	Duration after(int attempts) {
		long bound = BASE.toNanos() << Math.min(attempts - 1, MAXIMUM_DOUBLINGS);
		return Duration.ofNanos(this.random.nextLong(Math.min(bound, MAXIMUM.toNanos()) + 1));
	}

}
