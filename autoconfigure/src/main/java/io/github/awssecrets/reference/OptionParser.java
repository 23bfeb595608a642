package io.github.awssecrets.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Parses the options of one reference.
 */
final class OptionParser {

	private static final List<String> NAMES = List.of("stage", "version", "region");

	private final Source source;

	private Map<String, Template> options = Map.of();

	OptionParser(Source source) {
		this.source = source;
	}

	/**
	 * Parse all options.
	 * @param from the index after the {@code ?}
	 * @param endOfOption finds the end of the option that starts at an index
	 * @return the index of the {@code :} or {@code >} that ends the options
	 */
	int parse(int from, IntUnaryOperator endOfOption) {
		this.options = new HashMap<>();
		int start = from;
		int end = endOfOption.applyAsInt(start);
		parse(start, end);
		while (this.source.charAt(end) == '&') {
			start = end + 1;
			end = endOfOption.applyAsInt(start);
			parse(start, end);
		}
		return end;
	}

	private void parse(int from, int to) {
		int equalSign = check(from, to);
		String name = name(from, equalSign);
		if (equalSign >= to - 1) {
			throw new ReferenceSyntaxException("Option '%s' has no value. Write it as in '?%1$s=value'".formatted(name),
					from + 1);
		}
		Template value = this.source.template(equalSign + 1, to, Escapes.STRICT);
		if (this.options.putIfAbsent(name, value) != null) {
			throw new ReferenceSyntaxException("Option '%s' is given twice. Write it once".formatted(name), from + 1);
		}
	}

	private int check(int from, int to) {
		int equalSign = to;
		Cursor cursor = this.source.cursor(from, to, Escapes.STRICT);
		while (cursor.advance()) {
			if (cursor.isPlain('#') || cursor.isPlain('?')) {
				throw new ReferenceSyntaxException(
						"A '%c' in an option is written '\\%1$c'. A key stands before the options, as in "
							.formatted(cursor.character()) + "$<secret:prod/db#password?stage=AWSPREVIOUS>",
						cursor.start() + 1);
			}
			if (equalSign == to && cursor.isPlain('=')) {
				equalSign = cursor.start();
			}
		}
		return equalSign;
	}

	private String name(int from, int to) {
		Template name = this.source.template(from, to, Escapes.STRICT);
		if (!name.isLiteral() || !NAMES.contains(name.toString())) {
			throw new ReferenceSyntaxException(
					"Unknown option '%s'. There are stage, version and region; write '\\?' for a '?' that belongs to the key, "
						.formatted(name) + "and '\\&' for a '&' in an option",
					from + 1);
		}
		return name.toString();
	}

	@Nullable Template value(String name) {
		return this.options.get(name);
	}

}
