package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses after which something that failed is tried again: they double with each
 * attempt, up to the interval of the watcher, and are random in their upper half.
 */
final class Pauses {

	private static final int MAXIMUM_DOUBLINGS = 30;

	private final long first;

	private final long maximum;

	private final RandomGenerator random;

	/**
	 * Create pauses.
	 * @param first the longest first pause
	 * @param maximum the longest of all
	 * @param random the randomness
	 */
	Pauses(Duration first, Duration maximum, RandomGenerator random) {
		this.first = Math.min(first.toNanos(), maximum.toNanos());
		this.maximum = maximum.toNanos();
		this.random = random;
	}

	/**
	 * Return the pause after an attempt.
	 * @param attempts the number of attempts so far, from 1
	 * @return the pause in nanoseconds, never longer than the maximum
	 */
	long pause(int attempts) {
		long bound = this.first;
		for (int i = 1; i < Math.min(attempts, MAXIMUM_DOUBLINGS) && bound < this.maximum; i++) {
			bound = Math.min(this.maximum, 2 * bound);
		}
		return bound - this.random.nextLong(bound / 2 + 1);
	}

	/**
	 * Return the longest pause.
	 * @return the longest pause in nanoseconds
	 */
	long longest() {
		return this.maximum;
	}

}
