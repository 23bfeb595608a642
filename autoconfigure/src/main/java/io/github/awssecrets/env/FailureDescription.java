package io.github.awssecrets.env;

import java.util.Locale;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;

/**
 * Why a secret cannot be retrieved while the application runs, in words for people.
 *
 * @param cause the cause in a word or two, such as {@code access denied}
 * @param description what is wrong, as a sentence
 * @param action what to do about it, on one line
 */
public record FailureDescription(String cause, String description, String action) {

	/**
	 * Describe a failure.
	 * @param secret what was asked for
	 * @param failure why that could not be retrieved
	 * @return the description
	 */
	public static FailureDescription of(SecretSelector secret, RetrievalFailure failure) {
		String cause = failure.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		return new FailureDescription(cause, RetrievalProblems.description(secret, failure),
				RetrievalProblems.actionWhileRunning(secret, failure).replaceAll("\\R\\s*", " "));
	}

}
