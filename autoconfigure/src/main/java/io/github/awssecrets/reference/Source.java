package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A raw text with its pairs of braces, which are looked for when somebody asks. Used by
 * one thread.
 */
final class Source {

	private final CharSequence text;

	private final ReferenceSyntax syntax;

	private @Nullable Braces braces;

	/**
	 * Create a source.
	 * @param text the text
	 * @param syntax the openings of references that there are
	 */
	Source(CharSequence text, ReferenceSyntax syntax) {
		this.text = text;
		this.syntax = syntax;
	}

	CharSequence text() {
		return this.text;
	}

	ReferenceSyntax syntax() {
		return this.syntax;
	}

	int length() {
		return this.text.length();
	}

	char charAt(int index) {
		return this.text.charAt(index);
	}

	/**
	 * Return where a placeholder ends.
	 * @param dollar the index of a {@code $}
	 * @return the index of the <code>}</code> that closes the <code>${</code> there, or
	 * {@link Braces#NONE}
	 */
	int closing(int dollar) {
		if (dollar + 1 >= length() || charAt(dollar + 1) != '{') {
			return Braces.NONE;
		}
		if (this.braces == null) {
			this.braces = Braces.of(this.text);
		}
		return this.braces.closing(dollar);
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
	 * Return whether nothing in a part can be an escape, a placeholder or a reference.
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
