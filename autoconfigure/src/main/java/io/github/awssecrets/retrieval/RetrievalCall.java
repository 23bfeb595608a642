package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Locale;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * One call of AWS Secrets Manager, when it is over.
 *
 * @param operation the operation, such as {@code BatchGetSecretValue}
 * @param failure why it failed, or {@code null} if it did not
 * @param partial whether the answer to a batch lacks some of its secrets
 * @param elapsed how long it took
 */
public record RetrievalCall(String operation, @Nullable Cause failure, boolean partial, Duration elapsed) {

	/**
	 * Return what came of the call in a word.
	 * @return {@code success}, {@code partial}, or the cause of the failure, such as
	 * {@code access_denied}
	 */
	public String outcome() {
		if (this.failure != null) {
			return this.failure.name().toLowerCase(Locale.ROOT);
		}
		return this.partial ? "partial" : "success";
	}

}
