package io.github.awssecrets.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/operations.md}: a section for each failure, with five blocks each.
 */
final class OperationsPage {

	private static final Path PAGE = Path.of("../docs/operations.md");

	private static final Pattern SECTION = Pattern.compile("(?ms)^## (.+?)\\n(.*?)(?=^## |\\z)");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

	private static final List<String> KINDS = List.of("text", "json", "json", "text", "text");

	private final Map<String, Failure> failures = new LinkedHashMap<>();

	private OperationsPage(String markdown) {
		Matcher section = SECTION.matcher(markdown);
		while (section.find()) {
			this.failures.put(section.group(1), failure(section.group(1), section.group(2)));
		}
	}

	static OperationsPage read() {
		try {
			return parse(Files.readString(PAGE));
		}
		catch (IOException ex) {
			throw new IllegalStateException("This module's directory is not the working directory", ex);
		}
	}

	static OperationsPage parse(String markdown) {
		return new OperationsPage(markdown);
	}

	private static Failure failure(String title, String text) {
		List<String> kinds = new ArrayList<>();
		List<String> blocks = new ArrayList<>();
		Matcher block = BLOCK.matcher(text);
		while (block.find()) {
			kinds.add(block.group(1));
			blocks.add(block.group(2).strip());
		}
		if (!kinds.equals(KINDS) || !text.contains("**What to do:**")) {
			throw new IllegalStateException(
					"Section '%s' has blocks %s, not %s, or does not say what to do".formatted(title, kinds, KINDS));
		}
		return new Failure(blocks.get(0), blocks.get(1), blocks.get(2), blocks.get(3), blocks.get(4));
	}

	Map<String, Failure> failures() {
		return this.failures;
	}

	/**
	 * What a section shows.
	 *
	 * @param log what is logged
	 * @param secret the secret in the answer of the endpoint
	 * @param health the answer of health
	 * @param metrics the metrics that tell of it
	 * @param repaired what is logged when it is repaired
	 */
	record Failure(String log, String secret, String health, String metrics, String repaired) {

	}

}
