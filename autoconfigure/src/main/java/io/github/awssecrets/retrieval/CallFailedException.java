package io.github.awssecrets.retrieval;

/**
 * Thrown when a call fails. Has neither message nor cause: those of the AWS SDK may quote
 * the answer.
 */
final class CallFailedException extends Exception {

	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final CallFailure failure;

	CallFailedException(CallFailure failure) {
		super(failure.cause().name(), null, false, false);
		this.failure = failure;
	}

	CallFailure failure() {
		return this.failure;
	}

}
