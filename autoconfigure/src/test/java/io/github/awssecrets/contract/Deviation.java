package io.github.awssecrets.contract;

import org.jspecify.annotations.Nullable;

/**
 * A case in which a backend is known to differ from AWS.
 *
 * @param backend the backend
 * @param test the case: its class without {@code Cases}, a dot, and its method
 * @param instead what the failure of the case has to show: what the backend does instead
 * @param reason why that is so, or how it matters
 */
record Deviation(Backend backend, String test, String instead, String reason) {

	Deviation {
		if (instead.isBlank() || reason.isBlank()) {
			throw new IllegalArgumentException("A deviation has a reason, and can be told from a fault");
		}
	}

	/**
	 * Check what came of the case.
	 * @param failure the failure, or {@code null} if the case passed
	 * @throws AssertionError if it is not the deviation
	 */
	void check(@Nullable Throwable failure) {
		if (failure == null) {
			throw new AssertionError(
					"%s no longer deviates in %s: remove the entry".formatted(this.backend, this.test));
		}
		if (!String.valueOf(failure.getMessage()).contains(this.instead)) {
			throw new AssertionError("%s is known to deviate in %s, but otherwise".formatted(this.backend, this.test),
					failure);
		}
	}

}
