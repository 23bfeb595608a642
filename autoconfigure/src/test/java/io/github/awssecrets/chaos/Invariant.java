package io.github.awssecrets.chaos;

/**
 * What must hold after each step, whatever happens.
 */
enum Invariant {

	/** No value that was there is removed or blanked, and no key of it. */
	VALUES_STAY,

	/** A value is that of AWS, character for character. */
	VALUES_ARE_DATA,

	/** What is read at once comes from one snapshot, under all spellings. */
	READS_ARE_CONSISTENT,

	/** Listeners are told of each change that was applied, once, and of nothing else. */
	EVENTS_EQUAL_CHANGES,

	/** What was not acknowledged is handed over again, until the application has it. */
	CHANGES_ARE_RETRIED,

	/** A rotation is visible one interval later, and applied at once with the others. */
	ROTATIONS_ARRIVE,

	/** A failure names the secret and what is wrong with it, and blames no other. */
	FAILURES_ARE_NAMED,

	/** Polls go on. */
	POLLS_GO_ON,

	/** No more calls than needed. */
	CALLS_ARE_FEW,

	/** No value in anything that is written. */
	NOTHING_LEAKS,

	/** Nothing is left when all is closed. */
	CLOSING_ENDS_ALL,

	/** Nothing is thrown that nobody expects. */
	NOTHING_IS_THROWN;

	/**
	 * Return the error to throw where this does not hold.
	 * @param format what was seen, without any value
	 * @param arguments the arguments
	 */
	@SuppressWarnings("AnnotateFormatMethod")
	Violation violated(String format, Object... arguments) {
		return new Violation(this, format.formatted(arguments));
	}

	@SuppressWarnings("AnnotateFormatMethod")
	void require(boolean condition, String format, Object... arguments) {
		if (!condition) {
			throw violated(format, arguments);
		}
	}

	/**
	 * Says that an invariant does not hold.
	 */
	static final class Violation extends AssertionError {

		private static final long serialVersionUID = 1L;

		private final Invariant invariant;

		Violation(Invariant invariant, String text) {
			super(invariant + ": " + text);
			this.invariant = invariant;
		}

		Invariant invariant() {
			return this.invariant;
		}

	}

}
