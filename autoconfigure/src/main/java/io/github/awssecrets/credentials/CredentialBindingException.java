package io.github.awssecrets.credentials;

/**
 * Thrown at start where a {@link CredentialConsumer} cannot be given what it wants. Shows
 * no value.
 */
public class CredentialBindingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	CredentialBindingException(String message, String action) {
		super(message);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return sentences
	 */
	public String getAction() {
		return this.action;
	}

}
