package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.OtherReading;
import io.github.awssecrets.reference.ResolvedReference;
import org.jspecify.annotations.Nullable;

/**
 * Says why a secret that was retrieved has no value for a reference: with the names of
 * its keys, never with anything of its values.
 */
final class KeyProblems {

	private static final int LISTED_KEYS = 30;

	private KeyProblems() {
	}

	static ReferenceProblem describe(ReferenceUse use, ResolvedReference reference, KeyResult result) {
		String id = reference.selector().id().value();
		String key = reference.key().describe();
		if (result instanceof KeyResult.NoSuchKey missing) {
			return missing(use, reference, missing);
		}
		if (result instanceof KeyResult.NullValue nothing) {
			return use.problem("%s has null for key '%s'.".formatted(id, nothing.at()),
					"Put a value into the secret, or give the reference a default.");
		}
		if (result instanceof KeyResult.IndexOutOfRange range) {
			return use.problem("%s has no element %d: %s has %d elements, the first of them 0.".formatted(id,
					range.index(), place("array", range.at()), range.size()), "Correct the index.");
		}
		if (result instanceof KeyResult.NotAnObject other) {
			return use.problem("%s has no %s: %s is no JSON object.".formatted(id, key, place("the value", other.at())),
					"Correct the key.");
		}
		if (result instanceof KeyResult.NotAnArray other) {
			return use.problem("%s has no %s: %s is no JSON array.".formatted(id, key, place("the value", other.at())),
					"Correct the key.");
		}
		if (result instanceof KeyResult.Malformed malformed) {
			return use.problem("%s is malformed JSON: %s.".formatted(id, malformed.reason()), "Correct the secret.");
		}
		String whole = "For the whole of it write $<secret:%s>.".formatted(id.contains(".") ? id + "#" : id);
		return use.problem(
				(result instanceof KeyResult.Binary) ? "%s is a binary secret, and so has no %s.".formatted(id, key)
						: "%s is a text that is not JSON, and so has no %s.".formatted(id, key),
				whole);
	}

	private static String place(String kind, String at) {
		return at.isEmpty() ? kind + " at the top" : "%s '%s'".formatted(kind, at);
	}

	private static ReferenceProblem missing(ReferenceUse use, ResolvedReference reference,
			KeyResult.NoSuchKey missing) {
		String id = reference.selector().id().value();
		StringBuilder description = new StringBuilder(id);
		if (missing.parent().isEmpty()) {
			description.append(" has no key '%s'. Its keys: ".formatted(missing.name()));
		}
		else {
			description
				.append(" has no key '%s' in '%s'. The keys there: ".formatted(missing.name(), missing.parent()));
		}
		description.append(list(missing.available())).append('.');
		OtherReading other = reference.otherReading();
		if (other != null && reference.key().toString().contains(".")) {
			description.append(" (Looked for %s of '%s'; %s.)".formatted(reference.key().describe(), id, other));
		}
		String similar = mostSimilar(missing.name(), missing.available());
		return use.problem(description.toString(), (similar != null) ? "Did you mean '%s'?".formatted(similar)
				: "Add the key to the secret, correct the reference, or give it a default.");
	}

	private static String list(List<String> keys) {
		if (keys.isEmpty()) {
			return "none";
		}
		String listed = String.join(", ", keys.subList(0, Math.min(keys.size(), LISTED_KEYS)));
		return (keys.size() > LISTED_KEYS) ? "%s and %d more".formatted(listed, keys.size() - LISTED_KEYS) : listed;
	}

	private static @Nullable String mostSimilar(String name, List<String> available) {
		String best = null;
		int least = Math.max(1, name.length() / 3) + 1;
		for (String candidate : available) {
			int distance = (Math.abs(candidate.length() - name.length()) < least) ? distance(name, candidate) : least;
			if (distance < least) {
				best = candidate;
				least = distance;
			}
		}
		return best;
	}

	/**
	 * Return the Levenshtein distance, case ignored.
	 */
	private static int distance(String left, String right) {
		int[] costs = new int[right.length() + 1];
		for (int j = 0; j < costs.length; j++) {
			costs[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = costs[0];
			costs[0] = i;
			for (int j = 1; j < costs.length; j++) {
				boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
				int replaced = diagonal + (same ? 0 : 1);
				diagonal = costs[j];
				costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
			}
		}
		return costs[right.length()];
	}

}
