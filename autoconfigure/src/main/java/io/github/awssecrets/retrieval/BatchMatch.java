package io.github.awssecrets.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.BatchAnswer.SecretError;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the answer to a batch what belongs to each id that was asked for. AWS answers
 * in any order, and with the ARN and the name, not with the id as it was written: one
 * entry may answer several spellings of one secret. An ARN is matched before names are,
 * since a secret of another account, asked for by its ARN, may have the name of one of
 * our own.
 */
final class BatchMatch {

	private final Map<Ask, AnsweredSecret> secrets = new LinkedHashMap<>();

	private final Map<Ask, CallFailure> failures = new LinkedHashMap<>();

	private final List<Ask> unanswered = new ArrayList<>();

	BatchMatch(List<Ask> asks, List<AnsweredSecret> secrets, List<SecretError> errors) {
		Set<AnsweredSecret> claimed = new HashSet<>();
		for (Ask ask : asks) {
			if (ask.id().isArn()) {
				match(ask, candidates(ask, secrets), errors);
				AnsweredSecret secret = this.secrets.get(ask);
				if (secret != null) {
					claimed.add(secret);
				}
			}
		}
		for (Ask ask : asks) {
			if (!ask.id().isArn()) {
				match(ask, preferUnclaimed(candidates(ask, secrets), claimed), errors);
			}
		}
	}

	private static List<AnsweredSecret> candidates(Ask ask, List<AnsweredSecret> secrets) {
		return secrets.stream().filter((secret) -> ask.isFor(secret.arn(), secret.name())).toList();
	}

	private static List<AnsweredSecret> preferUnclaimed(List<AnsweredSecret> candidates, Set<AnsweredSecret> claimed) {
		List<AnsweredSecret> unclaimed = candidates.stream().filter((secret) -> !claimed.contains(secret)).toList();
		return unclaimed.isEmpty() ? candidates : unclaimed;
	}

	private void match(Ask ask, List<AnsweredSecret> candidates, List<SecretError> errors) {
		CallFailure failure = failure(ask.id(), errors);
		long arns = candidates.stream().map(AnsweredSecret::arn).distinct().count();
		if (failure != null) {
			this.failures.put(ask, failure);
		}
		else if (arns == 1) {
			this.secrets.put(ask, candidates.get(candidates.size() - 1));
		}
		else {
			this.unanswered.add(ask);
		}
	}

	private static @Nullable CallFailure failure(SecretId id, List<SecretError> errors) {
		return errors.stream()
			.filter((error) -> id.value().equals(error.secretId()))
			.map(SecretError::failure)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the entry for each id that has one.
	 * @return the entry for each id that has one
	 */
	Map<Ask, AnsweredSecret> secrets() {
		return this.secrets;
	}

	/**
	 * Return the failure for each id that has one.
	 * @return the failure for each id that has one
	 */
	Map<Ask, CallFailure> failures() {
		return this.failures;
	}

	/**
	 * Return the ids that have neither an entry, or none that is certain, nor a failure.
	 * @return the ids that have neither an entry, or none that is certain, nor a failure
	 */
	List<Ask> unanswered() {
		return this.unanswered;
	}

}
