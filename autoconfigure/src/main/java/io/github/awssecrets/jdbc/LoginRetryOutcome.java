package io.github.awssecrets.jdbc;

/**
 * Which credentials a pool logged in with where those of the application would not do.
 */
public enum LoginRetryOutcome {

	/** The current version, from AWS or from a poll that came meanwhile. */
	CURRENT,

	/** The version that a rotation prepares, {@code AWSPENDING}. */
	PENDING,

	/** The version before the current one, {@code AWSPREVIOUS}. */
	PREVIOUS,

	/** None: the database takes no version, and the login failed. */
	NONE

}
