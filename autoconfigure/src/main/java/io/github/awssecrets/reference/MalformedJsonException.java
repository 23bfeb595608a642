package io.github.awssecrets.reference;

/**
 * Thrown where a document is not JSON. It has no cause: the messages of JSON parsers
 * quote the document.
 */
final class MalformedJsonException extends Exception {

	private static final long serialVersionUID = 1L;

	private final String reason;

	MalformedJsonException(String reason) {
		super(reason);
		this.reason = reason;
	}

	String getReason() {
		return this.reason;
	}

}
