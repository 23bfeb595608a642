package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Parses one reference of a raw text.
 */
final class ReferenceParser {

	private final Source source;

	private final int opening;

	private ReferenceParser(Source source, int opening) {
		this.source = source;
		this.opening = opening;
	}

	/**
	 * Parse a reference.
	 * @param source the raw text
	 * @param opening where the reference starts
	 * @return the reference, and where it ends
	 * @throws ReferenceSyntaxException if the reference breaks the rules
	 */
	static Parsed parse(Source source, int opening) {
		return new ReferenceParser(source, opening).parse();
	}

	private Parsed parse() {
		int start = this.opening + Openings.OPENING.length();
		Head head = head(start);
		int end = (this.source.charAt(head.end()) == '#') ? scan(head.end() + 1, "?:>", Escapes.STRICT) : head.end();
		Template id = this.source.template(start, head.idEnd(), Escapes.STRICT);
		located(start, () -> SecretReference.requireId(id));
		KeyTemplate key = key(id, head, end);
		OptionParser options = new OptionParser(this.source);
		if (this.source.charAt(end) == '?') {
			end = options.parse(end + 1, (from) -> scan(from, "&:>", Escapes.STRICT));
		}
		Template defaultValue = null;
		if (this.source.charAt(end) == ':') {
			int from = end + 1;
			end = scan(from, ">", Escapes.DEFAULT_VALUE);
			defaultValue = this.source.template(from, end, Escapes.DEFAULT_VALUE);
		}
		return new Parsed(reference(id, key, options, defaultValue), end + 1);
	}

	private SecretReference reference(Template id, KeyTemplate key, OptionParser options,
			@Nullable Template defaultValue) {
		return located(this.opening, () -> new SecretReference(id, key, options.value("stage"),
				options.value("version"), options.value("region"), defaultValue));
	}

	private Head head(int start) {
		ArnPrefix arn = new ArnPrefix();
		int dot = Head.NO_DOT;
		Cursor cursor = this.source.cursor(start, this.source.length(), Escapes.STRICT);
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
			else if (cursor.isPlain('#') || cursor.isPlain('?') || cursor.isPlain('>')
					|| (cursor.isPlain(':') && !arn.claimsColon())) {
				return new Head(dot, cursor.start(), cursor.isPlain('#'));
			}
			arn.character(cursor.character());
		}
		throw unclosed();
	}

	private int scan(int from, String delimiters, Escapes escapes) {
		Cursor cursor = this.source.cursor(from, this.source.length(), escapes);
		while (cursor.advance()) {
			if (cursor.isPlain() && delimiters.indexOf(cursor.character()) != -1) {
				return cursor.start();
			}
		}
		throw unclosed();
	}

	private ReferenceSyntaxException unclosed() {
		return new ReferenceSyntaxException("The reference has no closing '>'. "
				+ "Write '>' at its end; one after a '\\' or inside '${...}' does not count", this.opening + 1);
	}

	private KeyTemplate key(Template id, Head head, int end) {
		int from = head.idEnd() + 1;
		if (head.hash()) {
			return located(from, () -> KeyReader.afterHash(this.source, from, end));
		}
		if (head.dot() == Head.NO_DOT) {
			return new KeyTemplate.Whole();
		}
		if (from == end) {
			SecretReference other = new SecretReference(append(id, "."), new KeyTemplate.Whole(), null, null, null,
					null);
			throw new ReferenceSyntaxException(
					"The key after the '.' is empty. Write a key there; for a secret called '%s' write %s"
						.formatted(other.id(), other),
					from);
		}
		return located(from, () -> KeyReader.afterDot(this.source, from, end));
	}

	private static Template append(Template template, String text) {
		List<Template.Part> parts = new ArrayList<>(template.parts());
		parts.add(new Template.Text(text));
		return new Template(parts);
	}

	private static <T> T located(int index, Supplier<T> action) {
		try {
			return action.get();
		}
		catch (ReferenceSyntaxException ex) {
			throw (ex.getColumn() != ReferenceSyntaxException.UNKNOWN_COLUMN) ? ex
					: new ReferenceSyntaxException(ex.getReason(), index + 1);
		}
	}

	/**
	 * A parsed reference.
	 *
	 * @param reference the reference
	 * @param end the index after its closing {@code >}
	 */
	record Parsed(SecretReference reference, int end) {

	}

	/**
	 * The text before the first {@code #}, {@code ?}, {@code :} or {@code >}.
	 *
	 * @param dot the index of the first dot after the last slash, or {@link #NO_DOT}
	 * @param end the index of what ends the text
	 * @param hash whether a {@code #} ends it, so that all of it is the id
	 */
	private record Head(int dot, int end, boolean hash) {

		static final int NO_DOT = -1;

		int idEnd() {
			return (this.hash || this.dot == NO_DOT) ? this.end : this.dot;
		}

	}

}
