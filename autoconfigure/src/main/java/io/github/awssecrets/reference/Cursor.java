package io.github.awssecrets.reference;

/**
 * A cursor over the inside of a reference. It stands at one token at a time: a plain
 * character, an escaped character, or a whole placeholder. Used by one thread.
 */
final class Cursor {

	private final Source source;

	private final int end;

	private final Escapes escapes;

	private Token token = Token.PLAIN;

	private char character;

	private int start;

	private int next;

	Cursor(Source source, int from, int to, Escapes escapes) {
		this.source = source;
		this.next = from;
		this.end = to;
		this.escapes = escapes;
	}

	/**
	 * Go to the next token.
	 * @return {@code false} at the end
	 * @throws ReferenceSyntaxException at a backslash that is an error, and at another
	 * reference
	 */
	boolean advance() {
		this.start = this.next;
		if (this.start >= this.end) {
			return false;
		}
		char first = this.source.charAt(this.start);
		int closing = (first == '$') ? this.source.closing(this.start) : Braces.NONE;
		if (closing != Braces.NONE) {
			refuseReference(closing);
			moveTo(Token.PLACEHOLDER, first, closing + 1);
		}
		else if (first == '\\' && escapesNext()) {
			moveTo(Token.ESCAPED, this.source.charAt(this.start + 1), this.start + 2);
		}
		else {
			if (first == '$'
					&& Openings.isAt(this.source.text(), this.start, this.source.length(), this.source.syntax())) {
				throw nested(this.start);
			}
			moveTo(Token.PLAIN, first, this.start + 1);
		}
		return true;
	}

	private void moveTo(Token token, char character, int next) {
		this.token = token;
		this.character = character;
		this.next = next;
	}

	private boolean escapesNext() {
		boolean escapes = this.start + 1 < this.end && this.escapes.isEscapable(this.source.charAt(this.start + 1));
		if (!escapes && this.escapes == Escapes.STRICT) {
			throw new ReferenceSyntaxException(
					"A '\\' escapes one of \\ > : . / # ? & [ ] $ only. For a backslash write '\\\\'", this.start + 1);
		}
		return escapes;
	}

	private void refuseReference(int closing) {
		int opening = Openings.findUnescaped(this.source.text(), this.start, closing, this.source.syntax());
		if (opening != Openings.NONE) {
			throw nested(opening);
		}
	}

	private static ReferenceSyntaxException nested(int opening) {
		return new ReferenceSyntaxException(
				"A reference cannot contain another reference. For literal text write '\\$<secret:'", opening + 1);
	}

	boolean isPlaceholder() {
		return this.token == Token.PLACEHOLDER;
	}

	boolean isPlain() {
		return this.token == Token.PLAIN;
	}

	boolean isPlain(char character) {
		return isPlain() && this.character == character;
	}

	/**
	 * Return the character that is meant.
	 * @return the plain character, or the escaped one without its backslash
	 */
	char character() {
		return this.character;
	}

	int start() {
		return this.start;
	}

	int next() {
		return this.next;
	}

	private enum Token {

		PLAIN, ESCAPED, PLACEHOLDER

	}

}
