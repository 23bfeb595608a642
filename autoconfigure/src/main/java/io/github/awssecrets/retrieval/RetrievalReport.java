package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

/**
 * What one retrieval brought.
 *
 * @param outcomes exactly one outcome for each distinct selector, in the order asked
 * @param calls the number of calls of AWS Secrets Manager, repeated ones included
 * @param elapsed how long the retrieval took
 * @param region the application's own Region, or {@code null} if no selector needed it or
 * none is configured
 */
public record RetrievalReport(Map<SecretSelector, RetrievalOutcome> outcomes, int calls, Duration elapsed,
		@Nullable String region) {

	public RetrievalReport {
		outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
	}

	/**
	 * Return the outcome for a selector.
	 * @param selector one of the selectors asked for
	 * @return its outcome
	 * @throws IllegalArgumentException if it was not asked for
	 */
	public RetrievalOutcome outcome(SecretSelector selector) {
		RetrievalOutcome outcome = this.outcomes.get(selector);
		if (outcome == null) {
			throw new IllegalArgumentException("Not asked for: " + selector);
		}
		return outcome;
	}

	/**
	 * Return what was retrieved.
	 * @return the distinct versions, in the order asked
	 */
	public List<SecretVersion> versions() {
		return distinct(SecretVersion.class);
	}

	/**
	 * Return what could not be retrieved.
	 * @return the failures, in the order asked
	 */
	public List<RetrievalFailure> failures() {
		return distinct(RetrievalFailure.class);
	}

	private <T extends RetrievalOutcome> List<T> distinct(Class<T> type) {
		return this.outcomes.values().stream().filter(type::isInstance).map(type::cast).distinct().toList();
	}

}
