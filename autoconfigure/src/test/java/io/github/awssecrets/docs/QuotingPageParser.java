package io.github.awssecrets.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the shape that {@link QuotingPage} describes from Markdown.
 */
final class QuotingPageParser {

	private static final String FENCE = "```";

	private static final String IMPOSSIBLE = "Cannot be written this way:";

	private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

	private final List<String> contents = new ArrayList<>();

	private final Map<String, QuotingRow> rows = new LinkedHashMap<>();

	private final List<QuotingSection> sections = new ArrayList<>();

	private final List<QuotingExample> examples = new ArrayList<>();

	private final Set<String> impossible = new TreeSet<>();

	private String title = "";

	private String paragraph = "";

	private int line;

	QuotingPage parse(String markdown) {
		Iterator<String> lines = markdown.lines().iterator();
		while (lines.hasNext()) {
			this.line++;
			parse(lines.next(), lines);
		}
		endSection("");
		return new QuotingPage(this.contents, this.rows, this.sections);
	}

	private void parse(String text, Iterator<String> lines) {
		if (text.startsWith("## ")) {
			endSection(text.substring(3));
		}
		else if (text.startsWith(FENCE)) {
			this.examples.add(new QuotingExample(this.line, this.paragraph, block(lines)));
			this.paragraph = "";
		}
		else if (this.title.equals(QuotingPage.CONTENTS) && text.startsWith("- ")) {
			this.contents.add(text.substring(2));
		}
		else if (this.title.equals(QuotingPage.EXAMPLES) && text.startsWith("| ")) {
			tableRow(Arrays.stream(text.substring(1).split("\\|")).map(String::strip).toList());
		}
		else if (!text.isBlank()) {
			this.paragraph = (this.paragraph + " " + text).strip();
		}
		else if (!this.paragraph.isEmpty()) {
			this.paragraph = endParagraph(lines);
		}
	}

	/* A caption is the paragraph directly before a block, so one blank line keeps it. */
	private String endParagraph(Iterator<String> lines) {
		if (this.paragraph.startsWith(IMPOSSIBLE)) {
			CODE_SPAN.matcher(this.paragraph).results().forEach((result) -> this.impossible.add(result.group(1)));
		}
		String caption = this.paragraph;
		this.paragraph = "";
		if (lines.hasNext()) {
			this.line++;
			String next = lines.next();
			if (next.startsWith(FENCE)) {
				this.paragraph = caption;
			}
			parse(next, lines);
		}
		return this.paragraph;
	}

	private String block(Iterator<String> lines) {
		StringBuilder block = new StringBuilder();
		while (lines.hasNext()) {
			this.line++;
			String text = lines.next();
			if (text.equals(FENCE)) {
				return block.toString();
			}
			block.append(text).append('\n');
		}
		throw new IllegalStateException("The last block of section '%s' has no end".formatted(this.title));
	}

	private void tableRow(List<String> cells) {
		List<String> padded = new ArrayList<>(cells);
		while (padded.size() < QuotingRow.HEADER.size()) {
			padded.add("");
		}
		if (padded.equals(QuotingRow.HEADER)) {
			return;
		}
		List<String> texts = padded.stream().map(this::codeSpan).toList();
		QuotingRow row = new QuotingRow(texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4),
				texts.get(5));
		if (this.rows.put(row.name(), row) != null) {
			throw new IllegalStateException("Line %d: a second row '%s'".formatted(this.line, row.name()));
		}
	}

	private String codeSpan(String cell) {
		if (cell.isEmpty()) {
			return cell;
		}
		Matcher matcher = CODE_SPAN.matcher(cell);
		if (!matcher.matches()) {
			throw new IllegalStateException("Line %d: a cell is empty or one code span".formatted(this.line));
		}
		return matcher.group(1);
	}

	private void endSection(String next) {
		if (!Set.of("", QuotingPage.CONTENTS, QuotingPage.EXAMPLES).contains(this.title)) {
			this.sections.add(new QuotingSection(this.title, this.examples, this.impossible));
		}
		this.examples.clear();
		this.impossible.clear();
		this.paragraph = "";
		this.title = next;
	}

}
