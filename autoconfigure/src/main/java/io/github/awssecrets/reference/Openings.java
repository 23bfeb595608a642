package io.github.awssecrets.reference;

/**
 * The openings of references in a text: <code>$&lt;secret:</code>, which an odd number of
 * backslashes directly before it escapes, and, where the syntax has it,
 * <code>${secret:</code>, which any backslash directly before it escapes, as in Spring's
 * placeholder parser (Spring Framework 7.0, {@code PlaceholderParser}).
 */
final class Openings {

	static final String REFERENCE = "$<secret:";

	static final String PLACEHOLDER = "${secret:";

	/** The length of either opening. */
	static final int LENGTH = REFERENCE.length();

	static final int NONE = -1;

	private Openings() {
	}

	/**
	 * Find an opening, escaped or not.
	 * @param text the text
	 * @param from where to start
	 * @param to where to end
	 * @param syntax the openings that there are
	 * @return the index of the first opening that lies between the two, or {@link #NONE}
	 */
	static int find(CharSequence text, int from, int to, ReferenceSyntax syntax) {
		for (int i = from; i <= to - LENGTH; i++) {
			if (isAt(text, i, to, syntax)) {
				return i;
			}
		}
		return NONE;
	}

	/**
	 * Find an opening that is not escaped.
	 * @param text the text
	 * @param from where to start
	 * @param to where to end
	 * @param syntax the openings that there are
	 * @return the index of the first such opening, or {@link #NONE}
	 */
	static int findUnescaped(CharSequence text, int from, int to, ReferenceSyntax syntax) {
		int opening = find(text, from, to, syntax);
		while (opening != NONE && isEscaped(text, opening, from)) {
			opening = find(text, opening + LENGTH, to, syntax);
		}
		return opening;
	}

	static boolean isAt(CharSequence text, int index, int to, ReferenceSyntax syntax) {
		if (index + LENGTH > to || text.charAt(index) != '$') {
			return false;
		}
		char bracket = text.charAt(index + 1);
		if (bracket != '<' && !(bracket == '{' && syntax.heedsPlaceholders())) {
			return false;
		}
		for (int i = 2; i < LENGTH; i++) {
			if (text.charAt(index + i) != REFERENCE.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether an opening is that of a placeholder.
	 * @param text the text
	 * @param opening the index of the opening
	 * @return whether it is <code>${secret:</code>
	 */
	static boolean isPlaceholder(CharSequence text, int opening) {
		return text.charAt(opening + 1) == '{';
	}

	/**
	 * Return whether an opening, or any other character, is escaped.
	 * @param text the text
	 * @param index the index
	 * @param from where to stop looking for backslashes
	 * @return whether it is escaped
	 */
	static boolean isEscaped(CharSequence text, int index, int from) {
		int backslashes = countBackslashes(text, index, from);
		boolean placeholder = text.charAt(index) == '$' && index + 1 < text.length() && isPlaceholder(text, index);
		return placeholder ? backslashes > 0 : backslashes % 2 != 0;
	}

	/**
	 * Count the backslashes directly before an index.
	 * @param text the text
	 * @param index the index
	 * @param from where to stop counting
	 * @return the number of backslashes
	 */
	static int countBackslashes(CharSequence text, int index, int from) {
		int start = index;
		while (start > from && text.charAt(start - 1) == '\\') {
			start--;
		}
		return index - start;
	}

}
