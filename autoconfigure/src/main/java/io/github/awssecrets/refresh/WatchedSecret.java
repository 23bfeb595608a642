package io.github.awssecrets.refresh;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretSelector;

/**
 * A secret that an application uses, and what it uses of it.
 *
 * @param selector the version of a secret, as references ask for it
 * @param keys the keys that references name, {@link KeySelector.Whole} included
 * @param imported whether all top-level keys are in use, as an import has it
 */
public record WatchedSecret(SecretSelector selector, Set<KeySelector> keys, boolean imported) {

	public WatchedSecret {
		keys = Set.copyOf(keys);
	}

	/**
	 * Return this secret with what another use has of it.
	 * @param other the other use, under this or another spelling
	 * @return this selector, with all keys that are in use
	 */
	WatchedSecret and(WatchedSecret other) {
		Set<KeySelector> all = new LinkedHashSet<>(this.keys);
		all.addAll(other.keys());
		return new WatchedSecret(this.selector, all, this.imported || other.imported());
	}

	/**
	 * Return the secret as messages name it.
	 * @param selector the version of a secret
	 * @return the name, and the stage or version id if one was asked for
	 */
	static String describe(SecretSelector selector) {
		String name = selector.id().name();
		if (selector.stage() != null) {
			return "%s (%s)".formatted(name, selector.stage());
		}
		return (selector.versionId() != null) ? "%s (version %s)".formatted(name, shortId(selector.versionId())) : name;
	}

	/**
	 * Return a version id as messages show it.
	 * @param versionId the version id
	 * @return its first eight characters, which is what tells versions apart for people
	 */
	static String shortId(String versionId) {
		int length = 8;
		return (versionId.length() > length) ? versionId.substring(0, length) : versionId;
	}

}
