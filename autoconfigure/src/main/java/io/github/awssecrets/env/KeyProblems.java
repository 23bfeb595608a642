package io.github.awssecrets.env;

import java.util.List;
import java.util.Locale;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.KeyTemplate;
import io.github.awssecrets.reference.OtherReading;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretReference;
import io.github.awssecrets.reference.Template;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * Says why a secret that was retrieved has no value for a reference: with the names of
 * its keys, never with anything of its values.
 */
final class KeyProblems {

	private static final int LISTED_KEYS = 30;

	private KeyProblems() {
	}

	/**
	 * Describe why there is no value.
	 * @param use the reference where it stands
	 * @param reference what it asks for
	 * @param version what was retrieved for it
	 * @param result what the version answers; not a value
	 * @return the problem
	 */
	static ReferenceProblem describe(ReferenceUse use, ResolvedReference reference, SecretVersion version,
			KeyResult result) {
		return problem(use, reference, result)
			.about(new AskedSecret(reference.selector().id().value(), version.region(), null));
	}

	private static ReferenceProblem problem(ReferenceUse use, ResolvedReference reference, KeyResult result) {
		String id = reference.selector().id().value();
		String key = lacking(reference.key());
		if (result instanceof KeyResult.NoSuchKey missing) {
			return missing(use, reference, missing);
		}
		if (result instanceof KeyResult.NullValue nothing) {
			return use.problem(
					nothing.at().isEmpty() ? "%s has %s: it is null.".formatted(id, key)
							: "%s has null for key '%s'.".formatted(id, nothing.at()),
					"Put a value into the secret, or give the reference a default.");
		}
		if (result instanceof KeyResult.IndexOutOfRange range) {
			return use.problem(
					"%s has %s: %s has %s.".formatted(id, key, place("the array", range.at()), elements(range.size())),
					"Correct the index, which counts from 0.");
		}
		if (result instanceof KeyResult.NotAnObject other) {
			return use.problem("%s has %s: %s is not a JSON object.".formatted(id, key, place("the value", other.at())),
					"Correct the key, or the secret.");
		}
		if (result instanceof KeyResult.NotAnArray other) {
			return use.problem("%s has %s: %s is not a JSON array.".formatted(id, key, place("the value", other.at())),
					"Correct the key, or the secret.");
		}
		if (result instanceof KeyResult.Malformed malformed) {
			return use.problem("%s is malformed JSON: %s.".formatted(id, malformed.reason()),
					"Correct the secret; a default applies only where there is no secret or no key.");
		}
		return use.problem(
				(result instanceof KeyResult.Binary) ? "%s is a binary secret, and so has %s.".formatted(id, key)
						: "%s is a text that is not JSON, and so has %s.".formatted(id, key),
				"Write %s for the whole of it, or put a JSON object into it.".formatted(whole(id)));
	}

	private static String lacking(KeySelector key) {
		return ((key instanceof KeySelector.Pointer) ? "nothing at " : "no ") + key.describe();
	}

	private static String place(String kind, String at) {
		return at.isEmpty() ? kind + " at the top" : "%s '%s'".formatted(kind, at);
	}

	private static String elements(int size) {
		return switch (size) {
			case 0 -> "no elements";
			case 1 -> "1 element";
			default -> size + " elements";
		};
	}

	private static String whole(String id) {
		return new SecretReference(Template.literal(id), new KeyTemplate.Whole(), null, null, null, null).toString();
	}

	private static ReferenceProblem missing(ReferenceUse use, ResolvedReference reference,
			KeyResult.NoSuchKey missing) {
		String id = reference.selector().id().value();
		boolean top = missing.parent().isEmpty();
		StringBuilder description = new StringBuilder(id).append(" has no key '%s'".formatted(missing.name()));
		if (missing.available().isEmpty()) {
			description.append(top ? ", nor any other." : " in '%s', nor any other.".formatted(missing.parent()));
		}
		else {
			description.append(top ? ". Its keys: " : " in '%s'. The keys there: ".formatted(missing.parent()));
			description.append(list(missing.available())).append('.');
		}
		OtherReading other = reference.otherReading();
		if (other != null && reference.key().toString().contains(".")) {
			description.append(" (Looked for %s of '%s'; %s.)".formatted(reference.key().describe(), id, other));
		}
		String similar = mostSimilar(missing.name(), missing.available());
		return use.problem(description.toString(), (similar != null) ? "Did you mean '%s'?".formatted(similar)
				: "Add the key to the secret, correct the reference, or give it a default.");
	}

	static String list(List<String> keys) {
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
	 * Return how many characters have to be inserted, left out, replaced or exchanged
	 * with their neighbor to make one text of the other, case ignored.
	 */
	private static int distance(String left, String right) {
		String from = left.toLowerCase(Locale.ROOT);
		String to = right.toLowerCase(Locale.ROOT);
		int[][] costs = new int[from.length() + 1][to.length() + 1];
		for (int i = 0; i <= from.length(); i++) {
			for (int j = 0; j <= to.length(); j++) {
				costs[i][j] = (i == 0 || j == 0) ? i + j : cost(costs, from, i, to, j);
			}
		}
		return costs[from.length()][to.length()];
	}

	private static int cost(int[][] costs, String from, int i, String to, int j) {
		int replaced = costs[i - 1][j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
		int cost = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
		boolean exchanged = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
				&& from.charAt(i - 2) == to.charAt(j - 1);
		return exchanged ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
	}

}
