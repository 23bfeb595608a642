package io.github.awssecrets.jdbc;

/**
 * Why a database let nobody in, as far as that has to do with credentials.
 */
public enum LoginFailure {

	/** The user name or the password is wrong. */
	REFUSED,

	/**
	 * The account is locked or expired, or its password is: no other password helps, and
	 * each further attempt can make it worse.
	 */
	LOCKED

}
