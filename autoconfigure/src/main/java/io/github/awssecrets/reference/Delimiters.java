package io.github.awssecrets.reference;

/**
 * Finds what ends the parts of one reference. <code>$&lt;secret:</code> ends at the first
 * {@code >} that is neither escaped nor inside a placeholder, <code>${secret:</code> at
 * the brace that closes it in the eyes of Spring.
 */
final class Delimiters {

	private final Source source;

	private final int opening;

	private final boolean placeholder;

	private final int limit;

	Delimiters(Source source, int opening) {
		this.source = source;
		this.opening = opening;
		this.placeholder = Openings.isPlaceholder(source.text(), opening);
		this.limit = this.placeholder ? source.closing(opening) : source.length();
		if (this.limit == Braces.NONE) {
			throw new ReferenceSyntaxException("The reference has no closing '}'. Write '}' at its end; "
					+ "one that closes another '{' does not count", opening + 1);
		}
	}

	boolean isPlaceholder() {
		return this.placeholder;
	}

	int start() {
		return this.opening + Openings.LENGTH;
	}

	/**
	 * Find the end of the text before the first {@code #}, {@code ?}, {@code :} or the
	 * end of the reference.
	 * @return the text
	 */
	Head head() {
		ArnPrefix arn = new ArnPrefix();
		int dot = Head.NO_DOT;
		Cursor cursor = this.source.cursor(start(), this.limit, Escapes.STRICT);
		while (cursor.advance()) {
			if (cursor.isPlaceholder()) {
				arn.placeholder();
				continue;
			}
			if (cursor.isPlain('.')) {
				arn.dot();
				dot = (dot != Head.NO_DOT) ? dot : cursor.start();
			}
			else if (cursor.isPlain('/')) {
				dot = Head.NO_DOT;
			}
			else if (cursor.isPlain('#') || cursor.isPlain('?') || isEnd(cursor)
					|| (cursor.isPlain(':') && !arn.claimsColon())) {
				return new Head(dot, cursor.start(), cursor.isPlain('#'));
			}
			arn.character(cursor.character());
		}
		return new Head(dot, end(), false);
	}

	/**
	 * Find the end of a later part.
	 * @param from where the part starts
	 * @param delimiters the characters that end it, besides the end of the reference
	 * @param escapes what a backslash means in it
	 * @return the index of what ends it
	 */
	int find(int from, String delimiters, Escapes escapes) {
		Cursor cursor = this.source.cursor(from, this.limit, escapes);
		while (cursor.advance()) {
			if (isEnd(cursor) || (cursor.isPlain() && delimiters.indexOf(cursor.character()) != -1)) {
				return cursor.start();
			}
		}
		return end();
	}

	private boolean isEnd(Cursor cursor) {
		return !this.placeholder && cursor.isPlain('>');
	}

	private int end() {
		if (!this.placeholder) {
			throw new ReferenceSyntaxException(
					"The reference has no closing '>'. "
							+ "Write '>' at its end; one after a '\\' or inside '${...}' does not count",
					this.opening + 1);
		}
		return this.limit;
	}

	/**
	 * The text before the first {@code #}, {@code ?}, {@code :} or the end of the
	 * reference.
	 *
	 * @param dot the index of the first dot after the last slash, or {@link #NO_DOT}
	 * @param end the index of what ends the text
	 * @param hash whether a {@code #} ends it, so that all of it is the id
	 */
	record Head(int dot, int end, boolean hash) {

		static final int NO_DOT = -1;

		boolean hasKey() {
			return !this.hash && this.dot != NO_DOT;
		}

		int idEnd() {
			return hasKey() ? this.dot : this.end;
		}

	}

}
