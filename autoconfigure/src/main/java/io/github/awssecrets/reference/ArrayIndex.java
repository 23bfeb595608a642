package io.github.awssecrets.reference;

/**
 * The index of an array element as text: digits without a leading zero, at most nine of
 * them. A secret has at most 65,536 bytes, and so never more elements than that.
 */
final class ArrayIndex {

	static final int MAXIMUM = 999_999_999;

	static final int NONE = -1;

	private static final int MAXIMUM_DIGITS = 9;

	private ArrayIndex() {
	}

	/**
	 * Return the index that the text is.
	 * @param text any text
	 * @return the index, or {@link #NONE} if the text is not one
	 */
	static int parse(CharSequence text) {
		int length = text.length();
		if (length == 0 || length > MAXIMUM_DIGITS || (length > 1 && text.charAt(0) == '0')) {
			return NONE;
		}
		int index = 0;
		for (int i = 0; i < length; i++) {
			char digit = text.charAt(i);
			if (digit < '0' || digit > '9') {
				return NONE;
			}
			index = 10 * index + (digit - '0');
		}
		return index;
	}

}
