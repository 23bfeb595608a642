package io.github.awssecrets.credentials;

import java.util.List;

import io.github.awssecrets.retrieval.RetrievalFailure;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking for credentials apart from the snapshot.
 *
 * @param credentials the credentials, or {@code null} if there are none that can be used
 * @param failures what could not be retrieved
 */
public record RetrievedCredentials(@Nullable Credentials credentials, List<RetrievalFailure> failures) {

	public RetrievedCredentials {
		failures = List.copyOf(failures);
	}

	/**
	 * Return whether a policy forbids to retrieve them.
	 * @return whether access was denied
	 */
	public boolean isDenied() {
		return this.failures.stream()
			.map(RetrievalFailure::cause)
			.anyMatch((cause) -> cause == RetrievalFailure.Cause.ACCESS_DENIED
					|| cause == RetrievalFailure.Cause.KMS_ACCESS_DENIED);
	}

}
