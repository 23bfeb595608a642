package io.github.awssecrets.benchmarks.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the application tells the process that measures it: a line on standard output for
 * each event, with the time of the clock that both share, and with numbers. Never a
 * value.
 */
public enum Report {

	/**
	 * The application is ready: processor time of the process in microseconds, and the
	 * number of classes that were loaded.
	 */
	READY,

	/** Spring Cloud has refreshed the context. */
	REFRESHED,

	/** A bean got another value: the number of its secret. */
	BEAN,

	/** Bytes of the heap that are in use after collections, and the most that were. */
	HEAP;

	/** What each line starts with. */
	public static final String PREFIX = "measured:";

	/**
	 * Print a line.
	 * @param numbers the numbers, as the constant says
	 */
	void print(long... numbers) {
		StringBuilder line = new StringBuilder(PREFIX).append(name()).append(' ').append(now());
		for (long number : numbers) {
			line.append(' ').append(number);
		}
		System.out.println(line);
	}

	/**
	 * Return the time of the clock.
	 * @return microseconds since 1970
	 */
	public static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

}
