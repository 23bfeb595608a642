package io.github.awssecrets.embedded;

import java.util.regex.Pattern;

/**
 * A pattern as IAM writes it: {@code *} is any text, {@code ?} any one character.
 */
final class Wildcard {

	private final Pattern pattern;

	private Wildcard(Pattern pattern) {
		this.pattern = pattern;
	}

	// A pattern that heeds the case, as those for resources do.
	static Wildcard exact(String text) {
		return new Wildcard(Pattern.compile(toRegex(text), Pattern.DOTALL));
	}

	// A pattern that ignores the case, as those for actions do.
	static Wildcard ignoringCase(String text) {
		return new Wildcard(Pattern.compile(toRegex(text), Pattern.DOTALL | Pattern.CASE_INSENSITIVE));
	}

	private static String toRegex(String text) {
		StringBuilder regex = new StringBuilder();
		text.chars().forEach((character) -> {
			switch (character) {
				case '*' -> regex.append(".*");
				case '?' -> regex.append('.');
				default -> regex.append(Pattern.quote(Character.toString(character)));
			}
		});
		return regex.toString();
	}

	boolean matches(String text) {
		return this.pattern.matcher(text).matches();
	}

}
