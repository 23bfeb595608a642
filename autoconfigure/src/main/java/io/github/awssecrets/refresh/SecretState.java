package io.github.awssecrets.refresh;

/**
 * The state of a watched secret.
 */
public enum SecretState {

	/** The version in use is the one that there is. */
	CURRENT,

	/** A version was accepted and has not been applied yet. */
	PENDING,

	/** There is a version that must not be used; the one in use stays. */
	REJECTED,

	/** The secret, version or stage does not exist any more; the version in use stays. */
	GONE,

	/** The secret cannot be retrieved at the moment; what is in use stays. */
	FAILING,

	/** There is no such secret, and there was none at start. */
	ABSENT

}
