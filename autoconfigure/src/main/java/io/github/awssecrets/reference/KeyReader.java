package io.github.awssecrets.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the key of a reference.
 */
final class KeyReader {

	private KeyReader() {
	}

	static KeyTemplate afterDot(Source source, int from, int to) {
		return new KeyTemplate.Dotted(split(source, from, to, '.').stream().map((part) -> step(source, part)).toList());
	}

	static KeyTemplate afterHash(Source source, int from, int to) {
		if (from == to) {
			return new KeyTemplate.Whole();
		}
		if (source.charAt(from) != '/') {
			return new KeyTemplate.Exact(source.template(from, to, Escapes.STRICT));
		}
		return new KeyTemplate.Pointer(
				split(source, from + 1, to, '/').stream().map((part) -> token(source, part)).toList());
	}

	private static List<Part> split(Source source, int from, int to, char separator) {
		List<Part> parts = new ArrayList<>();
		int start = from;
		Cursor cursor = source.cursor(from, to, Escapes.STRICT);
		while (cursor.advance()) {
			if (cursor.isPlain(separator)) {
				parts.add(new Part(start, cursor.start()));
				start = cursor.next();
			}
		}
		parts.add(new Part(start, to));
		return parts;
	}

	private static KeyTemplate.Step step(Source source, Part part) {
		List<Integer> indexes = new ArrayList<>();
		int end = part.to();
		int bracket = openingBracket(source, part.from(), end);
		while (bracket != ArrayIndex.NONE) {
			indexes.add(ArrayIndex.parse(source.text().subSequence(bracket + 1, end - 1)));
			end = bracket;
			bracket = openingBracket(source, part.from(), end);
		}
		Collections.reverse(indexes);
		return new KeyTemplate.Step(source.template(part.from(), end, Escapes.STRICT), indexes);
	}

	// Where the index starts that stands at the end of a step
	private static int openingBracket(Source source, int from, int to) {
		if (to - from < 3 || source.charAt(to - 1) != ']') {
			return ArrayIndex.NONE;
		}
		int bracket = to - 2;
		while (bracket > from && Character.isDigit(source.charAt(bracket))) {
			bracket--;
		}
		boolean index = source.charAt(bracket) == '[' && !Openings.isEscaped(source.text(), bracket, from)
				&& ArrayIndex.parse(source.text().subSequence(bracket + 1, to - 1)) != ArrayIndex.NONE;
		return index ? bracket : ArrayIndex.NONE;
	}

	private static Template token(Source source, Part part) {
		Template template = source.template(part.from(), part.to(), Escapes.STRICT);
		return new Template(template.parts().stream().map(KeyReader::unescape).toList());
	}

	private static Template.Part unescape(Template.Part part) {
		return (part instanceof Template.Text) ? new Template.Text(PointerToken.unescape(part.text())) : part;
	}

	private record Part(int from, int to) {

	}

}
