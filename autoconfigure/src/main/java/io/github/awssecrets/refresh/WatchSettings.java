package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How secrets are watched.
 *
 * @param enabled whether secrets are watched; if not, they are retrieved again on demand
 * only
 * @param interval the longest time between the starts of two polls
 * @param jitter the part of the interval by which a gap may be shorter, from 0 to 1
 */
public record WatchSettings(boolean enabled, Duration interval, double jitter) {

	/** The default of {@link #interval()}. */
	public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

	/**
	 * The default of {@link #jitter()}. Processes that poll in step, because they were
	 * suspended or started together, are spread over the whole interval after some 75
	 * polls, for a mean of 11 % more calls than without.
	 */
	public static final double DEFAULT_JITTER = 0.2;

	/** The shortest interval: more often would be load, not news. */
	public static final Duration MINIMUM_INTERVAL = Duration.ofSeconds(1);

	/** The longest interval, far beyond what is of use. */
	public static final Duration MAXIMUM_INTERVAL = Duration.ofDays(365);

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if the interval or the jitter is out of range
	 */
	public WatchSettings {
		if (interval.compareTo(MINIMUM_INTERVAL) < 0 || interval.compareTo(MAXIMUM_INTERVAL) > 0) {
			throw new IllegalArgumentException("The interval must be between 1 s and 365 days");
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("The jitter must be between 0 and 1");
		}
	}

	/**
	 * Return the default settings.
	 * @return the default settings
	 */
	public static WatchSettings defaults() {
		return new WatchSettings(true, DEFAULT_INTERVAL, DEFAULT_JITTER);
	}

	/**
	 * Return the time to the first poll, so that processes that start together do not
	 * poll together.
	 * @param random the randomness
	 * @return a random part of the interval, in nanoseconds
	 */
	long phase(RandomGenerator random) {
		return random.nextLong(this.interval.toNanos() + 1);
	}

	/**
	 * Return the time from the start of one poll to the start of the next.
	 * @param random the randomness
	 * @return a random time in [(1 - jitter) * interval, interval], in nanoseconds
	 */
	long gap(RandomGenerator random) {
		long nanos = this.interval.toNanos();
		return nanos - random.nextLong((long) (nanos * this.jitter) + 1);
	}

}
