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
		List<KeyTemplate.Step> steps = new ArrayList<>(1);
		int start = from;
		for (int end = end(source, start, to, '.'); end < to; end = end(source, start, to, '.')) {
			steps.add(step(source, start, end));
			start = end + 1;
		}
		steps.add(step(source, start, to));
		return new KeyTemplate.Dotted(steps);
	}

	static KeyTemplate afterHash(Source source, int from, int to) {
		if (from == to) {
			return new KeyTemplate.Whole();
		}
		if (source.charAt(from) != '/') {
			return new KeyTemplate.Exact(source.template(from, to, Escapes.STRICT));
		}
		List<Template> tokens = new ArrayList<>();
		int start = from + 1;
		for (int end = end(source, start, to, '/'); end < to; end = end(source, start, to, '/')) {
			tokens.add(token(source, start, end));
			start = end + 1;
		}
		tokens.add(token(source, start, to));
		return new KeyTemplate.Pointer(tokens);
	}

	// Where the first separator is, or else the end
	private static int end(Source source, int from, int to, char separator) {
		Cursor cursor = source.cursor(from, to, Escapes.STRICT);
		while (cursor.advance()) {
			if (cursor.isPlain(separator)) {
				return cursor.start();
			}
		}
		return to;
	}

	private static KeyTemplate.Step step(Source source, int from, int to) {
		int bracket = openingBracket(source, from, to);
		if (bracket == ArrayIndex.NONE) {
			return new KeyTemplate.Step(source.template(from, to, Escapes.STRICT), List.of());
		}
		List<Integer> indexes = new ArrayList<>();
		int end = to;
		while (bracket != ArrayIndex.NONE) {
			indexes.add(ArrayIndex.parse(source.text().subSequence(bracket + 1, end - 1)));
			end = bracket;
			bracket = openingBracket(source, from, end);
		}
		Collections.reverse(indexes);
		return new KeyTemplate.Step(source.template(from, end, Escapes.STRICT), indexes);
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

	private static Template token(Source source, int from, int to) {
		Template template = source.template(from, to, Escapes.STRICT);
		return new Template(template.parts().stream().map(KeyReader::unescape).toList());
	}

	private static Template.Part unescape(Template.Part part) {
		return (part instanceof Template.Text) ? new Template.Text(PointerToken.unescape(part.text())) : part;
	}

}
