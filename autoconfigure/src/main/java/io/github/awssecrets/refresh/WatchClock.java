package io.github.awssecrets.refresh;

import java.time.Instant;

/**
 * The time by which secrets are watched.
 */
public interface WatchClock {

	/**
	 * Return the reading of a stopwatch, which no change of the clock disturbs.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Return the time of day, for people.
	 * @return the time of day
	 */
	Instant now();

	/**
	 * Return the time of this machine.
	 * @return the time of this machine
	 */
	static WatchClock system() {
		return new WatchClock() {

			@Override
			public long nanoTime() {
				return System.nanoTime();
			}

			@Override
			public Instant now() {
				return Instant.now();
			}

		};
	}

}
