package io.github.awssecrets.reference;

/**
 * The escapes of a reference token in a JSON pointer (RFC 6901, sections 3 and 4).
 */
final class PointerToken {

	private PointerToken() {
	}

	static String escape(String token) {
		return token.replace("~", "~0").replace("/", "~1");
	}

	/**
	 * Return the token free of escapes.
	 * @param token the token as written
	 * @return the token as it was meant
	 * @throws ReferenceSyntaxException if there is a {@code ~} without 0 or 1 after it
	 */
	static String unescape(String token) {
		int position = token.indexOf('~');
		if (position == -1) {
			return token;
		}
		StringBuilder result = new StringBuilder(token.length());
		int copied = 0;
		while (position != -1) {
			result.append(token, copied, position).append(unescape(token, position + 1));
			copied = position + 2;
			position = token.indexOf('~', copied);
		}
		return result.append(token, copied, token.length()).toString();
	}

	private static char unescape(String token, int position) {
		char character = (position < token.length()) ? token.charAt(position) : ' ';
		return switch (character) {
			case '0' -> '~';
			case '1' -> '/';
			default ->
				throw new ReferenceSyntaxException("In a pointer a '~' is written '~0', and a '/' inside a name '~1'");
		};
	}

}
