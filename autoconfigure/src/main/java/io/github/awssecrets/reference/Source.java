package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * A raw text with its pairs of braces.
 *
 * @param text the text
 * @param braces the pairs of braces in it
 * @param syntax the openings of references that there are
 */
record Source(CharSequence text, Braces braces, ReferenceSyntax syntax) {

	static Source of(CharSequence text, ReferenceSyntax syntax) {
		return new Source(text, Braces.of(text), syntax);
	}

	int length() {
		return this.text.length();
	}

	char charAt(int index) {
		return this.text.charAt(index);
	}

	Cursor cursor(int from, int to, Escapes escapes) {
		return new Cursor(this, from, to, escapes);
	}

	/**
	 * Read a part of the text.
	 * @param from where it starts
	 * @param to where it ends, which must not lie inside a placeholder or an escape
	 * @param escapes what a backslash means in it
	 * @return the part, free of escapes
	 */
	Template template(int from, int to, Escapes escapes) {
		if (isPlain(from, to)) {
			return Template.literal(this.text.subSequence(from, to).toString());
		}
		List<Template.Part> parts = new ArrayList<>();
		StringBuilder literal = new StringBuilder();
		Cursor cursor = cursor(from, to, escapes);
		while (cursor.advance()) {
			if (cursor.isPlaceholder()) {
				parts.add(new Template.Text(literal.toString()));
				literal.setLength(0);
				parts.add(new Template.Placeholder(this.text.subSequence(cursor.start(), cursor.next()).toString()));
			}
			else {
				literal.append(cursor.character());
			}
		}
		parts.add(new Template.Text(literal.toString()));
		return new Template(parts);
	}

	/**
	 * Return whether there is neither an escape nor a placeholder in a part of the text.
	 */
	private boolean isPlain(int from, int to) {
		for (int i = from; i < to; i++) {
			char character = this.text.charAt(i);
			if (character == '\\' || character == '$') {
				return false;
			}
		}
		return true;
	}

}
