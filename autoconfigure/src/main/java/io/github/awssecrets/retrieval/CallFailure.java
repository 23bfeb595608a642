package io.github.awssecrets.retrieval;

import java.time.Instant;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Why a call, or a part of a batch, failed: what {@link RetrievalFailure} says apart from
 * the secret, and what follows from it for other calls.
 */
record CallFailure(Cause cause, @Nullable String action, @Nullable String principal, @Nullable String account,
		@Nullable Integer httpStatus, @Nullable String errorCode, @Nullable String requestId, @Nullable String detail) {

	static CallFailure of(Cause cause, @Nullable String detail) {
		return new CallFailure(cause, null, null, null, null, null, null, detail);
	}

	/**
	 * Return whether another attempt may bring another outcome, and no other caller is to
	 * blame for this one.
	 */
	boolean isTransient() {
		return switch (this.cause) {
			case UNREACHABLE, CONNECTION_LOST, TIMED_OUT, SERVER_ERROR, MALFORMED_ANSWER, CLOCK_SKEW -> true;
			default -> false;
		};
	}

	/**
	 * Return whether every other call to the Region would fail in the same way, whatever
	 * secret it asks for.
	 */
	boolean isForEverySecret() {
		return switch (this.cause) {
			case UNREACHABLE, THROTTLED, NO_CREDENTIALS, NO_PROFILE, EXPIRED_CREDENTIALS, WRONG_CREDENTIALS, CLOCK_SKEW,
					NO_REGION, CLIENT_FAILED, CANCELLED ->
				true;
			case ACCESS_DENIED -> this.action != null && this.action.startsWith("sts:");
			default -> false;
		};
	}

	CallFailure withAction(String action) {
		return new CallFailure(this.cause, action, this.principal, this.account, this.httpStatus, this.errorCode,
				this.requestId, this.detail);
	}

	RetrievalFailure toFailure(Ask ask, int attempts, @Nullable Instant deletionDate) {
		return new RetrievalFailure(this.cause, ask.id(), ask.region(), this.action, this.principal, this.account,
				deletionDate, this.httpStatus, this.errorCode, this.requestId, attempts, this.detail);
	}

}
