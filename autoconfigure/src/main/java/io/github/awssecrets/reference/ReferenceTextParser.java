package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.reference.ReferenceText.Literal;
import io.github.awssecrets.reference.ReferenceText.Reference;
import io.github.awssecrets.reference.ReferenceText.Segment;

/**
 * Parses the raw text of a property into literals and references, in time that grows in
 * proportion to its length.
 */
final class ReferenceTextParser {

	private final CharSequence text;

	private final List<Segment> segments = new ArrayList<>();

	private final StringBuilder literal = new StringBuilder();

	private ReferenceTextParser(CharSequence text) {
		this.text = text;
	}

	static List<Segment> parse(CharSequence text) {
		return new ReferenceTextParser(text).parse();
	}

	private List<Segment> parse() {
		int position = 0;
		int opening = Openings.find(this.text, position, this.text.length());
		Source source = (opening != Openings.NONE) ? Source.of(this.text) : Source.of("");
		while (opening != Openings.NONE) {
			int backslashes = Openings.countBackslashes(this.text, opening, position);
			// Of each pair one backslash stays; an odd one makes the opening literal
			this.literal.append(this.text, position, opening - backslashes / 2 - backslashes % 2);
			position = (backslashes % 2 != 0) ? addOpening(opening) : addReference(source, opening);
			opening = Openings.find(this.text, position, this.text.length());
		}
		this.literal.append(this.text, position, this.text.length());
		addLiteral();
		return List.copyOf(this.segments);
	}

	private int addOpening(int opening) {
		this.literal.append(Openings.OPENING);
		return opening + Openings.OPENING.length();
	}

	private int addReference(Source source, int opening) {
		addLiteral();
		ReferenceParser.Parsed parsed = ReferenceParser.parse(source, opening);
		this.segments.add(new Reference(parsed.reference(), opening + 1));
		return parsed.end();
	}

	private void addLiteral() {
		if (!this.literal.isEmpty()) {
			this.segments.add(new Literal(this.literal.toString()));
			this.literal.setLength(0);
		}
	}

}
