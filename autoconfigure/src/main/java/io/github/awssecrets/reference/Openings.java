package io.github.awssecrets.reference;

/**
 * The openings of references, <code>$&lt;secret:</code>, in a text. An odd number of
 * backslashes directly before one escapes it.
 */
final class Openings {

	static final String OPENING = "$<secret:";

	static final int NONE = -1;

	private Openings() {
	}

	/**
	 * Find an opening, escaped or not.
	 * @param text the text
	 * @param from where to start
	 * @param to where to end
	 * @return the index of the first opening that lies between the two, or {@link #NONE}
	 */
	static int find(CharSequence text, int from, int to) {
		for (int i = from; i <= to - OPENING.length(); i++) {
			if (isAt(text, i, to)) {
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
	 * @return the index of the first such opening, or {@link #NONE}
	 */
	static int findUnescaped(CharSequence text, int from, int to) {
		int opening = find(text, from, to);
		while (opening != NONE && isEscaped(text, opening, from)) {
			opening = find(text, opening + OPENING.length(), to);
		}
		return opening;
	}

	static boolean isAt(CharSequence text, int index, int to) {
		if (index + OPENING.length() > to) {
			return false;
		}
		for (int i = 0; i < OPENING.length(); i++) {
			if (text.charAt(index + i) != OPENING.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	static boolean isEscaped(CharSequence text, int index, int from) {
		return countBackslashes(text, index, from) % 2 != 0;
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
