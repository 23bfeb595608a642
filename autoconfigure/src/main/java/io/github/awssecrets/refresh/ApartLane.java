package io.github.awssecrets.refresh;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What is retrieved in one go, apart from the secrets that answer: a secret that keeps
 * others waiting, alone; or all that fail for a reason that they share, together, so that
 * a throttled service does not get a call for each.
 *
 * @param alone the secret, or {@code null} if there may be several
 * @param cause the shared cause, or {@code null}
 * @param region the Region where it is shared, or {@code null}
 */
record ApartLane(@Nullable SecretSelector alone, @Nullable Cause cause, @Nullable String region) {

	/**
	 * Return the lane of a secret that failed while others were answered.
	 * @param selector the secret
	 * @param failure how it failed
	 * @return the lane, or {@code null} if it fails quickly and so keeps nobody waiting
	 */
	static @Nullable ApartLane of(SecretSelector selector, RetrievalFailure failure) {
		return switch (failure.cause()) {
			case TIMED_OUT, CONNECTION_LOST, SERVER_ERROR, MALFORMED_ANSWER -> new ApartLane(selector, null, null);
			case THROTTLED, UNREACHABLE -> new ApartLane(null, failure.cause(), failure.region());
			default -> null;
		};
	}

}
