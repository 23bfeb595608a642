package io.github.awssecrets.retrieval;

/**
 * Thrown where the file with the secrets cannot be read. Its message says where and why,
 * and never quotes a value.
 */
final class LocalFileException extends Exception {

	private static final long serialVersionUID = 1L;

	LocalFileException(String reason) {
		super(reason);
	}

	static LocalFileException at(int line, String reason) {
		return new LocalFileException("line %d: %s".formatted(line, reason));
	}

}
