package io.github.awssecrets.testing;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * All parts of eight characters of some canary values. Finds parts that
 * {@link CanaryScanner} does not know, as it does not know which values there are; but
 * only as they are, or with the escapes of JSON.
 */
public final class CanaryFragments {

	private static final int LENGTH = 8;

	private final Set<String> fragments = new HashSet<>();

	private CanaryFragments() {
	}

	/**
	 * Return the parts of some values.
	 * @param values the values
	 * @return their parts
	 */
	public static CanaryFragments of(Collection<String> values) {
		CanaryFragments result = new CanaryFragments();
		values.forEach((value) -> result.add(value.toLowerCase(Locale.ROOT)));
		return result;
	}

	private void add(String value) {
		for (int i = 0; i + LENGTH <= value.length(); i++) {
			this.fragments.add(value.substring(i, i + LENGTH));
		}
	}

	/**
	 * Tell whether a text has a part of one of the values in it.
	 * @param text the text
	 * @return whether it leaks
	 */
	public boolean areIn(CharSequence text) {
		String lower = text.toString().toLowerCase(Locale.ROOT);
		return contains(lower) || (lower.indexOf('\\') != -1 && contains(lower.replace("\\", "")));
	}

	private boolean contains(String text) {
		for (int i = 0; i + LENGTH <= text.length(); i++) {
			if (this.fragments.contains(text.substring(i, i + LENGTH))) {
				return true;
			}
		}
		return false;
	}

}
