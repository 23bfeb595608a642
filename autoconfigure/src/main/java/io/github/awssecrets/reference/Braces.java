package io.github.awssecrets.reference;

import java.util.Arrays;

/**
 * The pairs of braces in a text, found in one pass. They are counted as Spring's
 * placeholder parser counts them (Spring Framework 7.0, {@code PlaceholderParser}): a
 * <code>${</code> is closed by the first <code>}</code> after as many more as there are
 * opening braces in between, with or without a {@code $}.
 */
public final class Braces {

	/** Where there is no brace that fits. */
	public static final int NONE = -1;

	private static final Braces ABSENT = new Braces(new int[0]);

	private final int[] pairs;

	private Braces(int[] pairs) {
		this.pairs = pairs;
	}

	/**
	 * Find the pairs of braces in a text, in one pass.
	 * @param text the text
	 * @return the pairs
	 */
	public static Braces of(CharSequence text) {
		if (!hasOpening(text)) {
			return ABSENT;
		}
		int[] pairs = new int[text.length()];
		Arrays.fill(pairs, NONE);
		int open = NONE;
		for (int i = 0; i < pairs.length; i++) {
			char character = text.charAt(i);
			if (character == '{') {
				// Until it is closed, an open brace points to the one around it
				pairs[i] = open;
				open = i;
			}
			else if (character == '}' && open != NONE) {
				int outer = pairs[open];
				pairs[open] = i;
				open = outer;
			}
		}
		while (open != NONE) {
			int outer = pairs[open];
			pairs[open] = NONE;
			open = outer;
		}
		return new Braces(pairs);
	}

	private static boolean hasOpening(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '{') {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return where a placeholder ends.
	 * @param dollar the index of a {@code $}
	 * @return the index of the <code>}</code> that closes the <code>${</code> there, or
	 * {@link #NONE} if there is no brace or nothing closes it
	 */
	public int closing(int dollar) {
		int brace = dollar + 1;
		if (brace >= this.pairs.length || this.pairs[brace] <= brace) {
			return NONE;
		}
		return this.pairs[brace];
	}

}
