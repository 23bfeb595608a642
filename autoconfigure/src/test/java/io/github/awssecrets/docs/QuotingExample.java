package io.github.awssecrets.docs;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of the page, and the paragraph before it that says what it shows.
 *
 * @param line the line of the page on which the block starts
 * @param caption the paragraph before the block, on one line
 * @param text the block
 */
record QuotingExample(int line, String caption, String text) {

	private static final Pattern WRONG = Pattern
		.compile("\\*Wrong\\*, (?:fails|arrives as `(?<value>[^`]+)`(?<lineBreak> and a line break)?)[:.].*");

	/**
	 * Return whether this example shows what not to write.
	 * @return whether the caption starts with {@code *Wrong*}
	 */
	boolean isWrong() {
		return this.caption.startsWith("*Wrong*");
	}

	/**
	 * Return what the caption of a wrong example says that arrives.
	 * @return the value, or empty if the caption says that the example fails
	 */
	Optional<String> arrives() {
		Matcher matcher = WRONG.matcher(this.caption);
		if (!matcher.matches()) {
			throw new IllegalStateException(
					"Line %d: write '*Wrong*, fails: ...' or '*Wrong*, arrives as `...`: ...'".formatted(this.line));
		}
		return Optional.ofNullable(matcher.group("value"))
			.map((value) -> (matcher.group("lineBreak") != null) ? value + "\n" : value);
	}

	/**
	 * Return the name of the one property that a wrong example is about.
	 * @param names the names there are
	 * @return the name that occurs first in the block, in any case
	 */
	Optional<String> property(Set<String> names) {
		Matcher matcher = Pattern.compile("\\b(%s)\\b".formatted(String.join("|", names)), Pattern.CASE_INSENSITIVE)
			.matcher(this.text);
		return matcher.find() ? Optional.of(matcher.group().toLowerCase(Locale.ROOT)) : Optional.empty();
	}

}
