package io.github.awssecrets.jdbc;

/**
 * Thrown where a secret does not say where a database is. Holds nothing of the secret but
 * names of keys and of an engine.
 */
public class JdbcSecretException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String secret;

	private final String action;

	JdbcSecretException(String secret, String message, String action) {
		super(message);
		this.secret = secret;
		this.action = action;
	}

	/**
	 * Return the secret.
	 * @return its name or ARN
	 */
	public String getSecret() {
		return this.secret;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
