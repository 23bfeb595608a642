package io.github.awssecrets.jdbc;

import java.sql.SQLException;

import io.github.awssecrets.credentials.CredentialVersion;

/**
 * Says that a database refused a login, and that others may be tried.
 */
final class RefusedLoginException extends Exception {

	private static final long serialVersionUID = 1L;

	private final transient CredentialVersion version;

	private final SQLException failure;

	RefusedLoginException(CredentialVersion version, SQLException failure) {
		super(null, null, false, false);
		this.version = version;
		this.failure = failure;
	}

	/**
	 * Return what was refused.
	 * @return the version of the credentials
	 */
	CredentialVersion version() {
		return this.version;
	}

	/**
	 * Return what the driver threw.
	 * @return the failure
	 */
	SQLException failure() {
		return this.failure;
	}

}
