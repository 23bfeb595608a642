package io.github.awssecrets.embedded;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a fault does to a call.
 */
sealed interface FaultEffect {

	// Whether the call goes on after it.
	default boolean isPassing() {
		return false;
	}

	/**
	 * Holds a call back for a time.
	 *
	 * @param duration how long
	 */
	record Delay(Duration duration) implements FaultEffect {

		@Override
		public boolean isPassing() {
			return true;
		}

	}

	/**
	 * Holds a call back until the fault is removed.
	 */
	record Hang() implements FaultEffect {

		@Override
		public boolean isPassing() {
			return true;
		}

	}

	/**
	 * Answers with an error.
	 *
	 * @param error makes the error
	 * @param perSecret whether BatchGetSecretValue reports it for a single secret
	 */
	record Failure(ErrorSource error, boolean perSecret) implements FaultEffect {

	}

	/**
	 * Makes the error for an operation on a secret.
	 */
	@FunctionalInterface
	interface ErrorSource {

		ApiException error(String operation, @Nullable String secretId);

	}

	/**
	 * Spoils the transport.
	 */
	enum Transport implements FaultEffect {

		/**
		 * No answer; the connection is closed.
		 */
		CLOSED,

		/**
		 * A page of HTML, with status 503.
		 */
		UNAVAILABLE,

		/**
		 * Half of the real answer, then the connection is closed.
		 */
		TRUNCATED,

		/**
		 * The real answer without its last character.
		 */
		MALFORMED,

		/**
		 * Status 200 and nothing else.
		 */
		EMPTY

	}

}
