package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses one reference of a raw text.
 */
final class ReferenceParser {

	private final Source source;

	private final int opening;

	private final Delimiters delimiters;

	/** Where the part starts that is looked at. */
	private int part;

	private ReferenceParser(Source source, int opening) {
		this.source = source;
		this.opening = opening;
		this.delimiters = new Delimiters(source, opening);
	}

	/**
	 * Parse a reference.
	 * @param source the raw text
	 * @param opening where the reference starts
	 * @return the reference, and where it ends
	 * @throws ReferenceSyntaxException if the reference breaks the rules
	 */
	static Parsed parse(Source source, int opening) {
		ReferenceParser parser = new ReferenceParser(source, opening);
		try {
			return parser.parse();
		}
		catch (ReferenceSyntaxException ex) {
			throw (ex.getColumn() != ReferenceSyntaxException.UNKNOWN_COLUMN) ? ex
					: new ReferenceSyntaxException(ex.getReason(), parser.part + 1);
		}
	}

	private Parsed parse() {
		int start = this.delimiters.start();
		Delimiters.Head head = this.delimiters.head();
		int end = head.hash() ? this.delimiters.find(head.end() + 1, "?:", Escapes.STRICT) : head.end();
		Template id = this.source.template(start, head.idEnd(), Escapes.STRICT);
		this.part = start;
		SecretReference.requireId(id);
		KeyTemplate key = key(id, head, end);
		OptionParser options = new OptionParser(this.source);
		if (this.source.charAt(end) == '?') {
			end = options.parse(end + 1, (from) -> this.delimiters.find(from, "&:", Escapes.STRICT));
		}
		Template defaultValue = null;
		if (this.source.charAt(end) == ':') {
			int from = end + 1;
			end = this.delimiters.find(from, "", Escapes.DEFAULT_VALUE);
			defaultValue = this.source.template(from, end, Escapes.DEFAULT_VALUE);
		}
		this.part = this.opening;
		SecretReference reference = new SecretReference(id, key, options.value("stage"), options.value("version"),
				options.value("region"), defaultValue);
		if (this.delimiters.isPlaceholder()) {
			requirePlain(reference);
		}
		return new Parsed(reference, end + 1);
	}

	/**
	 * Require that a reference has nothing that Spring, where it finds it written as a
	 * placeholder, would take for its own default or placeholder.
	 */
	private static void requirePlain(SecretReference reference) {
		boolean literal = reference.isLiteral();
		if (!literal || reference.defaultValue() != null) {
			throw new ReferenceSyntaxException("There can be no %s in '${secret:...}'. Write %s"
				.formatted(literal ? "default" : "placeholder", reference.toMaskedString()));
		}
	}

	private KeyTemplate key(Template id, Delimiters.Head head, int end) {
		int from = head.idEnd() + 1;
		this.part = from;
		if (head.hash()) {
			return KeyReader.afterHash(this.source, from, end);
		}
		if (!head.hasKey()) {
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
		return KeyReader.afterDot(this.source, from, end);
	}

	private static Template append(Template template, String text) {
		List<Template.Part> parts = new ArrayList<>(template.parts());
		parts.add(new Template.Text(text));
		return new Template(parts);
	}

	/**
	 * A parsed reference.
	 *
	 * @param reference the reference
	 * @param end the index after the end of it
	 */
	record Parsed(SecretReference reference, int end) {

	}

}
