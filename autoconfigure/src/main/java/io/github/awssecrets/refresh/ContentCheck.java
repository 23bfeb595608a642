package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.reference.KeyResult;
import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a new version of a secret must not be used: it is empty, it is not JSON where
 * keys are in use, or a key that was present is gone or {@code null}, whether a reference
 * has a default for it or not.
 */
final class ContentCheck {

	private static final int MAXIMUM_REASONS = 5;

	private ContentCheck() {
	}

	/**
	 * Check a version.
	 * @param use what the application uses of the secret
	 * @param inUse the content in use, or {@code null} if there is none
	 * @param content the content of the version
	 * @return why it must not be used, as a clause that names keys and never values, or
	 * {@code null} if it may
	 */
	static @Nullable String reject(WatchedSecret use, @Nullable SecretContent inUse, SecretContent content) {
		if (content.whole().isEmpty()) {
			return "it is empty";
		}
		if (use.imported() && content.find(new KeySelector.Exact("key")) instanceof KeyResult.NotAnObject) {
			return "it is a JSON array, not an object";
		}
		Set<String> reasons = new LinkedHashSet<>();
		for (KeySelector key : keys(use, inUse)) {
			KeyResult result = content.find(key);
			String broken = describeBroken(result);
			if (broken != null) {
				return broken;
			}
			String reason = reject(key, (inUse != null) ? inUse.find(key) : null, result);
			if (reason != null) {
				reasons.add(reason);
			}
		}
		return reasons.isEmpty() ? null : join(new ArrayList<>(reasons));
	}

	private static List<KeySelector> keys(WatchedSecret use, @Nullable SecretContent inUse) {
		Set<KeySelector> keys = new LinkedHashSet<>(use.keys());
		if (use.imported()) {
			// Any key will do to find out whether there can be keys
			keys.add(new KeySelector.Exact("key"));
			if (inUse != null) {
				inUse.keys().stream().filter((key) -> !key.isEmpty()).map(KeySelector.Exact::new).forEach(keys::add);
			}
		}
		return keys.stream().sorted((one, other) -> one.describe().compareTo(other.describe())).toList();
	}

	private static @Nullable String describeBroken(KeyResult result) {
		if (result instanceof KeyResult.Malformed malformed) {
			return "it is not valid JSON: " + malformed.reason();
		}
		if (result instanceof KeyResult.NotJson) {
			return "it is not JSON, and so has no keys";
		}
		return (result instanceof KeyResult.Binary) ? "it is binary, and so has no keys" : null;
	}

	private static @Nullable String reject(KeySelector key, @Nullable KeyResult before, KeyResult after) {
		if (before == null || after instanceof KeyResult.Found) {
			return null;
		}
		boolean present = before instanceof KeyResult.Found;
		if (after instanceof KeyResult.NullValue) {
			return present ? key.describe() + " is null" : null;
		}
		if (after.isMissing()) {
			return present ? key.describe() + " is gone" : null;
		}
		// What was missing had a default, perhaps; this never has
		return (present || before.isMissing()) ? key.describe() + " leads through what is not an object or array"
				: null;
	}

	private static String join(List<String> reasons) {
		int more = reasons.size() - MAXIMUM_REASONS;
		String text = String.join(", ", (more > 0) ? reasons.subList(0, MAXIMUM_REASONS) : reasons);
		return (more > 0) ? "%s, and %d more".formatted(text, more) : text;
	}

}
