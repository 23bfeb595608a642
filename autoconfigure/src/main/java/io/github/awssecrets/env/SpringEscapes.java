package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.reference.Braces;

import org.springframework.core.SpringProperties;
import org.springframework.core.env.AbstractPropertyResolver;

/**
 * Writes values so that Spring hands them on as they are: what its parsers would react to
 * is escaped in the way that each of them takes back.
 */
final class SpringEscapes {

	private static final String EXPRESSION_PREFIX = "#{";

	/* An expression that evaluates to its own prefix. */
	private static final String ESCAPED_EXPRESSION_PREFIX = "#{'#{'}";

	private SpringEscapes() {
	}

	/**
	 * Escape text for Spring's placeholder parser (Spring Framework 7.0,
	 * {@code PlaceholderParser}). It takes one backslash away before a <code>${</code>
	 * that is closed, and reacts to nothing else.
	 * @param text the text that is wanted
	 * @return the text to hand to the parser
	 */
	static String escapePlaceholders(String text) {
		int prefix = text.indexOf("${");
		if (prefix == -1) {
			return text;
		}
		Braces braces = Braces.of(text);
		StringBuilder result = new StringBuilder(text.length() + 8);
		int end = 0;
		while (prefix != -1) {
			if (braces.closing(prefix) != Braces.NONE) {
				result.append(text, end, prefix).append('\\');
				end = prefix;
			}
			prefix = text.indexOf("${", prefix + 1);
		}
		return result.append(text, end, text.length()).toString();
	}

	/**
	 * Escape text for Spring's expression parser, but for the expressions that start in
	 * one piece of literal text: none starts where a secret is, or was found to be empty.
	 * @param parts the parts of the text that is wanted
	 * @return the text to hand to the parser
	 */
	static String escapeExpressions(List<SecretValues.Part> parts) {
		StringBuilder result = new StringBuilder();
		for (SecretValues.Part part : parts) {
			String text = part.text();
			boolean joined = text.startsWith("{") && !result.isEmpty() && result.charAt(result.length() - 1) == '#';
			if (joined) {
				result.setLength(result.length() - 1);
				result.append(ESCAPED_EXPRESSION_PREFIX);
				text = text.substring(1);
			}
			result.append(part.secret() ? text.replace(EXPRESSION_PREFIX, ESCAPED_EXPRESSION_PREFIX) : text);
		}
		return result.toString();
	}

	/**
	 * The escapes that values need are those of Spring's default. Boot's Binder uses it
	 * whatever the setting says, so that no escape suits both under another one.
	 */
	static void requireDefaultCharacter() {
		String name = AbstractPropertyResolver.DEFAULT_PLACEHOLDER_ESCAPE_CHARACTER_PROPERTY_NAME;
		String character = SpringProperties.getProperty(name);
		if (character != null && !character.equals("\\")) {
			throw new EscapeCharacterException(name);
		}
	}

}
