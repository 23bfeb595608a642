package io.github.awssecrets.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.ReferenceSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The options of an import, as written after the question mark of its location. Values
 * are taken to the letter.
 */
final class ImportOptions {

	private static final List<String> NAMES = List.of("prefix", "name", "stage", "version", "region");

	private final Map<String, String> values = new LinkedHashMap<>();

	private ImportOptions() {
	}

	/**
	 * Parse options.
	 * @param text such as {@code prefix=app.&stage=AWSPREVIOUS}, or {@code null} if there
	 * is no question mark
	 * @return the options
	 * @throws ReferenceSyntaxException if the text breaks the rules
	 */
	static ImportOptions parse(@Nullable String text) {
		ImportOptions options = new ImportOptions();
		if (text != null) {
			for (String option : text.split("&", -1)) {
				options.add(option);
			}
		}
		return options;
	}

	private void add(String option) {
		int equalSign = option.indexOf('=');
		String name = (equalSign != -1) ? option.substring(0, equalSign) : option;
		if (!NAMES.contains(name)) {
			throw new ReferenceSyntaxException(
					"Unknown option '%s'. There are prefix, name, stage, version and region".formatted(name));
		}
		String value = (equalSign != -1) ? option.substring(equalSign + 1) : "";
		if (value.isEmpty()) {
			throw new ReferenceSyntaxException(
					"Option '%s' has no value. Write it as in '?%1$s=value'".formatted(name));
		}
		if (this.values.putIfAbsent(name, value) != null) {
			throw new ReferenceSyntaxException("Option '%s' is given twice. Write it once".formatted(name));
		}
	}

	@Nullable String value(String name) {
		return this.values.get(name);
	}

}
