package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brought. Holds no value that it shows.
 *
 * @param secrets the number of secrets asked for
 * @param calls the number of calls of AWS Secrets Manager
 * @param elapsed how long the retrieval took
 * @param accepted the changes that were accepted and staged
 * @param rejected why versions must not be used
 * @param failures the secrets that could not be retrieved, or are gone
 * @param unconfirmed the secrets that seem to have gone back to an earlier version, which
 * another retrieval has to confirm
 * @param error the class of what the poll failed with as a whole, or {@code null}
 */
public record PollReport(int secrets, int calls, Duration elapsed, Map<SecretSelector, SecretChange> accepted,
		Map<SecretSelector, String> rejected, Map<SecretSelector, RetrievalFailure> failures,
		Set<SecretSelector> unconfirmed, @Nullable String error) {

	static final PollReport EMPTY = new PollReport(0, 0, Duration.ZERO, Map.of(), Map.of(), Map.of(), Set.of(), null);

	public PollReport {
		accepted = Collections.unmodifiableMap(new LinkedHashMap<>(accepted));
		rejected = Collections.unmodifiableMap(new LinkedHashMap<>(rejected));
		failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
		unconfirmed = Collections.unmodifiableSet(new LinkedHashSet<>(unconfirmed));
	}

	static PollReport failed(Throwable failure) {
		return new PollReport(0, 0, Duration.ZERO, Map.of(), Map.of(), Map.of(), Set.of(),
				failure.getClass().getName());
	}

	/**
	 * Return this report with what the confirmation of it brought.
	 * @param other the report on the confirmation
	 * @return one report on both
	 */
	PollReport and(PollReport other) {
		Map<SecretSelector, SecretChange> allAccepted = new LinkedHashMap<>(this.accepted);
		allAccepted.putAll(other.accepted);
		Map<SecretSelector, String> allRejected = new LinkedHashMap<>(this.rejected);
		allRejected.putAll(other.rejected);
		Map<SecretSelector, RetrievalFailure> allFailures = new LinkedHashMap<>(this.failures);
		allFailures.putAll(other.failures);
		return new PollReport(Math.max(this.secrets, other.secrets), this.calls + other.calls,
				this.elapsed.plus(other.elapsed), allAccepted, allRejected, allFailures, other.unconfirmed,
				(other.error != null) ? other.error : this.error);
	}

}
