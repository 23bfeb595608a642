package io.github.awssecrets.env;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Globs in which an asterisk stands for any text, slashes included.
 */
final class Globs {

	private final List<Pattern> patterns;

	Globs(Collection<String> globs) {
		this.patterns = globs.stream().map(Globs::pattern).toList();
	}

	private static Pattern pattern(String glob) {
		StringBuilder regex = new StringBuilder();
		for (String text : glob.split("\\*", -1)) {
			regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(text));
		}
		return Pattern.compile(regex.toString(), Pattern.DOTALL);
	}

	boolean isEmpty() {
		return this.patterns.isEmpty();
	}

	boolean matches(String text) {
		return !isEmpty() && this.patterns.stream().anyMatch((pattern) -> pattern.matcher(text).matches());
	}

}
