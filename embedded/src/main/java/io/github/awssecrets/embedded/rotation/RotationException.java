package io.github.awssecrets.embedded.rotation;

/**
 * Tells that a step of a rotation failed. Its message is logged, so it must hold no
 * value.
 */
public class RotationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param message what failed, without any value
	 */
	public RotationException(String message) {
		super(message);
	}

}
