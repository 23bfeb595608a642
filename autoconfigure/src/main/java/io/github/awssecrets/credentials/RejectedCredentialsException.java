package io.github.awssecrets.credentials;

/**
 * Thrown by a {@link CredentialConsumer} that cannot take a set of credentials.
 */
public class RejectedCredentialsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param reason why, as a clause that is logged and published, and so must not show a
	 * value, such as "the certificate has expired"
	 */
	public RejectedCredentialsException(String reason) {
		super(reason);
	}

}
