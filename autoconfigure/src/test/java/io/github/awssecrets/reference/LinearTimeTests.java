package io.github.awssecrets.reference;

import java.util.function.IntFunction;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that hostile text costs time in proportion to its length. They count the
 * characters that are read, not time.
 */
class LinearTimeTests {

	private static final int READS_PER_CHARACTER = 30;

	static Stream<Arguments> shapes() {
		return Stream.of(shape("references", 10_000, (n) -> "$<secret:prod/db.password:x>".repeat(n)),
				shape("references with placeholders", 10_000, (n) -> "$<secret:${a}/b.${c}:${d:>}>".repeat(n)),
				shape("openings", 100_000, "$<secret:"::repeat), shape("backslashes", 100_000, "\\"::repeat),
				shape("backslashes before a reference", 30_000, (n) -> "\\".repeat(n) + "$<secret:a.b>"),
				shape("escaped openings", 30_000, "\\$<secret:"::repeat),
				shape("open placeholders", 100_000, "${"::repeat),
				shape("open placeholders in a reference", 100_000, (n) -> "$<secret:a" + "${".repeat(n) + ">"),
				shape("nested placeholders", 30_000, (n) -> "$<secret:a" + "${".repeat(n) + "}".repeat(n) + ".b>"),
				shape("open placeholders in references", 10_000, "$<secret:a.${>"::repeat),
				shape("placeholder around references", 10_000, (n) -> "${a:" + "$<secret:a.b>".repeat(n) + "}"),
				shape("closing braces", 30_000, (n) -> "$<secret:a" + "}".repeat(n) + ">"),
				shape("escaped openings in a placeholder", 10_000,
						(n) -> "$<secret:a.b:${c:" + "\\$<secret:".repeat(n) + "}>"),
				shape("backslashes in an id", 30_000, (n) -> "$<secret:" + "\\".repeat(2 * n) + ">"),
				shape("backslashes in a default", 30_000, (n) -> "$<secret:a.b:" + "\\".repeat(2 * n) + ">"),
				shape("steps", 20_000, (n) -> "$<secret:a" + ".b".repeat(n) + ">"),
				shape("slashes", 20_000, (n) -> "$<secret:a" + ".b/".repeat(n) + "c.d>"),
				shape("indexes", 10_000, (n) -> "$<secret:a.b" + "[0]".repeat(n) + ">"),
				shape("brackets", 30_000, (n) -> "$<secret:a.b" + "]".repeat(n) + ">"),
				shape("digits", 30_000, (n) -> "$<secret:a.b" + "0".repeat(n) + "]>"),
				shape("tokens", 20_000, (n) -> "$<secret:a#" + "/b".repeat(n) + ">"),
				shape("tildes", 20_000, (n) -> "$<secret:a#/" + "~0".repeat(n) + ">"),
				shape("options", 20_000, (n) -> "$<secret:a?stage=b" + "&stage=b".repeat(n) + ">"),
				shape("option value", 30_000, (n) -> "$<secret:a?stage=" + "=".repeat(n) + ">"),
				shape("colons", 30_000, (n) -> "$<secret:arn" + ":".repeat(n) + ">"),
				shape("unclosed", 30_000, (n) -> "$<secret:a." + "b".repeat(n)),
				shape("placeholder references", 10_000, (n) -> "${secret:prod/db.password}".repeat(n)),
				shape("placeholder openings", 100_000, "${secret:"::repeat),
				shape("nested placeholder openings", 30_000, (n) -> "${secret:".repeat(n) + "}".repeat(n)),
				shape("escaped placeholder openings", 30_000, "\\${secret:"::repeat),
				shape("backslashes before a placeholder reference", 30_000, (n) -> "\\".repeat(n) + "${secret:a.b}"),
				shape("placeholder openings in references", 10_000, "$<secret:a.b:\\${secret:c}>"::repeat),
				shape("near misses", 20_000, "$<secrets:"::repeat),
				shape("spaces in a near miss", 30_000, (n) -> "$<" + " ".repeat(n)),
				shape("backslashes before near misses", 20_000, "\\\\$<"::repeat));
	}

	private static Arguments shape(String name, int size, IntFunction<String> text) {
		return Arguments.of(name, size, text);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("shapes")
	void parseWhenTextIsHostileReadsEachCharacterFewTimes(String name, int size, IntFunction<String> text) {
		CountingText once = new CountingText(text.apply(size));
		CountingText twice = new CountingText(text.apply(2 * size));
		parse(once);
		parse(twice);
		assertThat(twice.reads()).isLessThan(once.reads() * 21 / 10 + 1000);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("shapes")
	void nearMissesWhenTextIsHostileReadsEachCharacterFewTimes(String name, int size, IntFunction<String> text) {
		CountingText once = new CountingText(text.apply(size));
		CountingText twice = new CountingText(text.apply(2 * size));
		NearMissFinder.find(once);
		NearMissFinder.find(twice);
		assertThat(twice.reads()).isLessThan(once.reads() * 21 / 10 + 1000);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("shapes")
	void parseWhenTextIsHostileRoundTripsOrThrowsSyntaxException(String name, int size, IntFunction<String> text) {
		try {
			ReferenceText parsed = ReferenceText.parse(text.apply(size));
			assertThat(ReferenceText.parse(parsed.toString()).equals(parsed)).isTrue();
		}
		catch (ReferenceSyntaxException ex) {
			assertThat(ex.getColumn()).isPositive();
			assertThat(ex.getMessage()).hasSizeLessThan(1000);
		}
	}

	private static void parse(CountingText text) {
		try {
			ReferenceTextParser.parse(text, ReferenceSyntax.REFERENCES_AND_PLACEHOLDERS);
		}
		catch (ReferenceSyntaxException ex) {
			assertThat(ex.getColumn()).isPositive();
		}
	}

	/**
	 * A text that counts how many of its characters are read.
	 */
	private static final class CountingText implements CharSequence {

		private final String text;

		private long reads;

		CountingText(String text) {
			this.text = text;
		}

		long reads() {
			return this.reads;
		}

		private void count(int reads) {
			this.reads += reads;
			if (this.reads > (long) READS_PER_CHARACTER * this.text.length()) {
				throw new AssertionError("More than %d reads per character".formatted(READS_PER_CHARACTER));
			}
		}

		@Override
		public int length() {
			return this.text.length();
		}

		@Override
		public char charAt(int index) {
			count(1);
			return this.text.charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			count(end - start);
			return this.text.substring(start, end);
		}

		@Override
		public String toString() {
			count(this.text.length());
			return this.text;
		}

	}

}
