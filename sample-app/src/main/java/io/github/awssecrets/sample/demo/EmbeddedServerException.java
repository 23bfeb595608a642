package io.github.awssecrets.sample.demo;

/**
 * Thrown when one of the servers that the sample brings along does not start or stop.
 */
class EmbeddedServerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EmbeddedServerException(String message, Throwable cause) {
		super(message, cause);
	}

}
