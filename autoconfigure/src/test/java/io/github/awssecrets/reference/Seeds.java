package io.github.awssecrets.reference;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The seeds of property-based tests: new ones in each run, shown in the names of the
 * tests. {@code -Dseed=...} replays one.
 */
final class Seeds {

	private static final int COUNT = 10;

	private Seeds() {
	}

	static LongStream seeds() {
		Long seed = Long.getLong("seed");
		return (seed != null) ? LongStream.of(seed) : new SplittableRandom().longs(COUNT);
	}

	/**
	 * Return what to say about a failure.
	 * @param seed the seed
	 * @param subject what was tested
	 * @return how to replay the failure, and what was tested
	 */
	static String describe(long seed, Object subject) {
		return "-Dseed=%d, %s".formatted(seed, subject);
	}

}
