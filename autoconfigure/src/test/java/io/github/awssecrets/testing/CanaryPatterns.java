package io.github.awssecrets.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one regular expression that matches every form of every canary fragment. A
 * character may be escaped by itself, several times, and differently from its neighbors.
 */
final class CanaryPatterns {

	/** No match is longer. */
	static final int MAX_LENGTH = 2048;

	private static final String BACKSLASHES = "(?:\\\\|%(?:25){0,2}5[cC]|&#92;)";

	private static final String PERCENT = "%(?:25){0,2}";

	private static final String AMPERSAND = "&(?:amp;){0,2}";

	private static final Map<Character, String> ENTITIES = Map.of('"', "quot", '/', "sol", '+', "plus");

	private static final String LINE_WRAP = "(?:\\\\[rn]|\\s){0,8}";

	private static final Pattern PATTERN = Pattern
		.compile("(?=[" + firstCharacters() + "])(?:" + alternatives(CanaryForm.PLAIN, CanaryPatterns::text) + '|'
				+ alternatives(CanaryForm.BASE64, CanaryPatterns::base64) + '|'
				+ alternatives(CanaryForm.HEX, CanaryPatterns::hex) + '|'
				+ alternatives(CanaryForm.BYTES, CanaryPatterns::bytes) + ')');

	private CanaryPatterns() {
	}

	static Matcher matcher(CharSequence text) {
		return PATTERN.matcher(text);
	}

	static CanaryForm form(Matcher match) {
		for (CanaryForm form : List.of(CanaryForm.BASE64, CanaryForm.HEX, CanaryForm.BYTES)) {
			if (match.start(form.name()) != -1) {
				return form;
			}
		}
		return CanaryForm.ofText(match.group());
	}

	/**
	 * What a match can start with, so that most positions of a text need one test.
	 */
	private static String firstCharacters() {
		StringBuilder characters = new StringBuilder("%&\\\\");
		for (String fragment : Canary.FRAGMENTS) {
			char c = fragment.charAt(0);
			characters.append(Character.toLowerCase(c)).append(Character.toUpperCase(c));
			characters.append(Integer.toHexString(c).charAt(0)).append(Integer.toString(c).charAt(0));
			base64Alignments(fragment).forEach((own) -> characters.append(own.charAt(0)));
		}
		return characters.toString();
	}

	private static String alternatives(CanaryForm form, UnaryOperator<String> regex) {
		return Canary.FRAGMENTS.stream().map(regex).collect(Collectors.joining("|", "(?<" + form.name() + ">", ")"));
	}

	private static String text(String fragment) {
		return join(fragment, "(?:\\x00|, )?", (c) -> character((char) c));
	}

	private static String hex(String fragment) {
		return join(fragment, "(?:[: ]|, ?0[xX])?", CanaryPatterns::hexDigits);
	}

	private static String bytes(String fragment) {
		return "(?<![0-9])" + join(fragment, ", ?", Integer::toString);
	}

	private static String base64(String fragment) {
		return base64Alignments(fragment).stream()
			.map((own) -> join(own, LINE_WRAP, (c) -> base64Character((char) c)))
			.collect(Collectors.joining("|"));
	}

	/**
	 * The characters that no neighbor has a part in, for each of the three alignments.
	 */
	private static List<String> base64Alignments(String fragment) {
		List<String> alignments = new ArrayList<>();
		for (int shift = 0; shift < 3; shift++) {
			byte[] bytes = ("\0".repeat(shift) + fragment).getBytes(StandardCharsets.ISO_8859_1);
			String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
			alignments.add(encoded.substring((shift * 8 + 5) / 6, bytes.length * 8 / 6));
		}
		return alignments;
	}

	private static String base64Character(char c) {
		return switch (c) {
			case '+' -> "(?:" + character(c) + "|-)";
			case '/' -> "(?:" + character(c) + "|_)";
			default -> String.valueOf(c);
		};
	}

	private static String character(char c) {
		List<String> spellings = new ArrayList<>();
		spellings.add(plain(c));
		spellings.add(PERCENT + hexDigits(c));
		spellings.add(BACKSLASHES + "{1,8}u{1,2}00" + hexDigits(c));
		spellings.add(AMPERSAND + "#0{0,5}" + (int) c + ';');
		spellings.add(AMPERSAND + "#[xX]0{0,5}" + hexDigits(c) + ';');
		if (ENTITIES.containsKey(c)) {
			spellings.add(AMPERSAND + ENTITIES.get(c) + ';');
		}
		String escapes = Character.isLetterOrDigit(c) ? "" : BACKSLASHES + "{0,8}";
		return escapes + "(?:" + String.join("|", spellings) + ")";
	}

	/** A lenient decoder turns a plus sign into a space; CSV doubles a quote. */
	private static String plain(char c) {
		return switch (c) {
			case '+' -> "[+ ]";
			case '"' -> "\"{1,2}";
			default -> Character.isLetter(c) ? "[" + Character.toLowerCase(c) + Character.toUpperCase(c) + "]"
					: Pattern.quote(String.valueOf(c));
		};
	}

	private static String hexDigits(int c) {
		String digits = Integer.toHexString(c);
		return digits.chars()
			.mapToObj((digit) -> Character.isLetter(digit)
					? "[" + (char) digit + Character.toUpperCase((char) digit) + "]" : String.valueOf((char) digit))
			.collect(Collectors.joining());
	}

	private static String join(String fragment, String separator, IntFunction<String> regex) {
		return fragment.chars().mapToObj(regex).collect(Collectors.joining(separator));
	}

}
