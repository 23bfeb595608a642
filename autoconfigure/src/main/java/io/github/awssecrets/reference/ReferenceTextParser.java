package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.ReferenceText.Reference;
import io.github.awssecrets.reference.ReferenceText.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Parses the raw text of a property into literals and references, in time that grows in
 * proportion to its length.
 */
final class ReferenceTextParser {

	private final CharSequence text;

	private final ReferenceSyntax syntax;

	private final List<Segment> segments = new ArrayList<>();

	private @Nullable StringBuilder literal;

	private ReferenceTextParser(CharSequence text, ReferenceSyntax syntax) {
		this.text = text;
		this.syntax = syntax;
	}

	static List<Segment> parse(CharSequence text, ReferenceSyntax syntax) {
		return new ReferenceTextParser(text, syntax).parse();
	}

	private List<Segment> parse() {
		int position = 0;
		int opening = find(position);
		Source source = new Source(this.text, this.syntax);
		while (opening != Openings.NONE) {
			addLiteral(position, opening);
			position = Openings.isEscaped(this.text, opening, position) ? addOpening(opening)
					: addReference(source, opening);
			opening = find(position);
		}
		append(position, this.text.length());
		addLiteral();
		return List.copyOf(this.segments);
	}

	private int find(int from) {
		return Openings.find(this.text, from, this.text.length(), this.syntax);
	}

	private void addLiteral(int from, int opening) {
		int end = opening;
		if (!Openings.isPlaceholder(this.text, opening)) {
			// Of each pair one backslash stays; an odd one makes the opening literal
			int backslashes = Openings.countBackslashes(this.text, opening, from);
			end = opening - backslashes / 2 - backslashes % 2;
		}
		append(from, end);
	}

	private void append(int from, int to) {
		if (from == to) {
			return;
		}
		if (this.literal == null) {
			this.literal = new StringBuilder();
		}
		this.literal.append(this.text, from, to);
	}

	private int addOpening(int opening) {
		int end = opening + Openings.LENGTH;
		append(opening, end);
		return end;
	}

	private int addReference(Source source, int opening) {
		addLiteral();
		ReferenceParser.Parsed parsed = ReferenceParser.parse(source, opening);
		this.segments.add(new Reference(parsed.reference(), opening + 1));
		return parsed.end();
	}

	private void addLiteral() {
		if (this.literal != null) {
			this.segments.add(new Literal(this.literal.toString()));
			this.literal = null;
		}
	}

}
