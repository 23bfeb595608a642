package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Time as a retrieval sees it: a clock, a stopwatch, and pauses.
 */
interface Timing {

	/**
	 * Return the time of day.
	 * @return the time of day
	 */
	Instant now();

	/**
	 * Return the reading of a stopwatch, which no change of the clock disturbs.
	 * @return the reading of a stopwatch, which no change of the clock disturbs
	 */
	long nanoTime();

	/**
	 * Wait.
	 * @param duration how long
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void pause(Duration duration) throws InterruptedException;

	/**
	 * Return the time of this machine.
	 * @return the time of this machine
	 */
	static Timing system() {
		return new Timing() {

			@Override
			public Instant now() {
				return Instant.now();
			}

			@Override
			public long nanoTime() {
				return System.nanoTime();
			}

			@Override
			public void pause(Duration duration) throws InterruptedException {
				new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
			}

		};
	}

}
