package io.github.awssecrets.chaos;

import org.jspecify.annotations.Nullable;

/**
 * A bug that is planted to see that an invariant finds it.
 */
enum Bug {

	/** A secret that fails is made current without its value. */
	BLANKS_WHAT_FAILS(Invariant.VALUES_STAY),

	/** Control characters are stripped from values. */
	STRIPS_VALUES(Invariant.VALUES_ARE_DATA),

	/** Two keys are read one after another, without holding the snapshot. */
	MIXES_VERSIONS(Invariant.READS_ARE_CONSISTENT),

	/** One event does not reach its listener. */
	DROPS_AN_EVENT(Invariant.EVENTS_EQUAL_CHANGES),

	/** What was applied is acknowledged twice. */
	REPEATS_AN_EVENT(Invariant.EVENTS_EQUAL_CHANGES),

	/** A refresh that fails is taken for one that succeeded. */
	FORGETS_WHAT_FAILED(Invariant.CHANGES_ARE_RETRIED),

	/** Changes are promoted, and nobody is told. */
	NEVER_APPLIES(Invariant.CHANGES_ARE_RETRIED),

	/** A failure is reported for the wrong secret. */
	BLAMES_ANOTHER_SECRET(Invariant.FAILURES_ARE_NAMED),

	/** A failure is reported with the wrong cause. */
	BLAMES_ANOTHER_CAUSE(Invariant.FAILURES_ARE_NAMED),

	/** What is thrown on the thread of a poll ends the loop. */
	STOPS_AFTER_AN_ERROR(Invariant.POLLS_GO_ON),

	/** Everything is asked for twice. */
	ASKS_TWICE(Invariant.CALLS_ARE_FEW),

	/** A change is logged with its value. */
	LOGS_VALUES(Invariant.NOTHING_LEAKS),

	/** Something is left to be done after all was closed. */
	LEAVES_WORK_BEHIND(Invariant.CLOSING_ENDS_ALL),

	/** Each secret gets a refresh of its own. */
	APPLIES_ONE_BY_ONE(Invariant.ROTATIONS_ARRIVE);

	private final Invariant invariant;

	Bug(Invariant invariant) {
		this.invariant = invariant;
	}

	/**
	 * Return the invariant that has to find this bug.
	 */
	Invariant invariant() {
		return this.invariant;
	}

	boolean is(@Nullable Bug planted) {
		return this == planted;
	}

}
