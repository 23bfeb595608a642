package io.github.awssecrets.ssl;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Thrown at start where a property of an SSL bundle has a secret that is no PEM text.
 * Shows no value.
 */
public class SslSecretException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SslSecretException(ConfigurationPropertyName property) {
		super("'%s' comes from a secret that is no PEM text.".formatted(property));
	}

	/**
	 * Return what to do about it.
	 * @return sentences
	 */
	public String getAction() {
		return "Put the text of the certificate or key into the secret, from its line '-----BEGIN ...' on. "
				+ "The location of a file cannot come from a secret.";
	}

}
