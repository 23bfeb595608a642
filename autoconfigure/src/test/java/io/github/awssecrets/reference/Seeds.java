package io.github.awssecrets.reference;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The seeds of property-based tests: new ones in each run, shown in the names of the
 * tests and in their failures. {@code -Dseed=...} replays one.
 */
final class Seeds implements TestExecutionExceptionHandler {

	private static final int COUNT = 10;

	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
		throw new AssertionError("%s: %s".formatted(context.getDisplayName(), failure.getMessage()), failure);
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
