package io.github.awssecrets.refresh;

/**
 * What the last poll of a secret found.
 */
public enum PollOutcome {

	/** What is in use is what there is. */
	UNCHANGED,

	/** There is another version, and it was accepted. */
	ACCEPTED,

	/** There is another version, and it must not be used. */
	REJECTED,

	/** There is an earlier version, perhaps: another retrieval tells. */
	UNCONFIRMED,

	/** The secret, version or stage does not exist any more. */
	GONE,

	/** The secret could not be retrieved. */
	FAILED

}
