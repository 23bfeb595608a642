package io.github.awssecrets.contract;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * What has to come of a case on a backend: that it passes, or deviates as is known.
 *
 * @param backend the backend
 * @param test the case
 * @param deviation its deviation, or {@code null} if none is known
 * @param unseenBasis what the deviations were taken from, if they were not seen with this
 * version of the backend, or {@code null} if they bind
 */
record Expectation(Backend backend, String test, @Nullable Deviation deviation, @Nullable String unseenBasis) {

	/** The system property that makes deviations bind that nobody has seen. */
	static final String STRICT_PROPERTY = "contract.strict";

	static Expectation of(Backend backend, RunningBackend running, String test, @Nullable Deviation deviation) {
		return new Expectation(backend, test, deviation, isStrict() ? null : running.unseenBasis());
	}

	static boolean isStrict() {
		return Boolean.getBoolean(STRICT_PROPERTY);
	}

	/**
	 * Check what came of the case.
	 * @param failure the failure, or {@code null} if the case passed
	 * @throws TestAbortedException if it came differently, and deviations do not bind
	 * @throws Throwable if it came differently
	 */
	void check(@Nullable Throwable failure) throws Throwable {
		Throwable fault = fault(failure);
		if (fault != null && this.unseenBasis != null) {
			throw new TestAbortedException("%s differs from %s: %s".formatted(this.backend, this.unseenBasis,
					(fault != failure) ? fault.getMessage() : this.test + " fails without an entry"), fault);
		}
		if (fault != null) {
			throw fault;
		}
	}

	private @Nullable Throwable fault(@Nullable Throwable failure) {
		if (this.deviation == null) {
			return failure;
		}
		try {
			this.deviation.check(failure);
			return null;
		}
		catch (AssertionError ex) {
			return ex;
		}
	}

}
