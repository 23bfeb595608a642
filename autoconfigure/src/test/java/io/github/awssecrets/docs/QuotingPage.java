package io.github.awssecrets.docs;

import java.util.List;
import java.util.Map;

/**
 * The page about quoting, {@code docs/quoting.md}, as far as a test can check it. It has
 * this shape:
 * <ul>
 * <li>A section {@code ## Contents} with a link to each other section.
 * <li>A section {@code ## The examples} with one table. Each row names a property, the
 * value that must arrive, and its meaning, each in a code span.
 * <li>One section for each format. Each of its fenced blocks is an example that holds all
 * the properties, but for those in a paragraph that starts with
 * {@code Cannot be written this way:}.
 * <li>A block after a paragraph that starts with {@code *Wrong*, arrives as `...`} or
 * {@code *Wrong*, fails} holds one property, which must not arrive as it should.
 * </ul>
 *
 * @param contents the items of the contents
 * @param rows the rows of the table, by the name of the property
 * @param sections the sections of formats, in order
 */
record QuotingPage(List<String> contents, Map<String, QuotingRow> rows, List<QuotingSection> sections) {

	static final String CONTENTS = "Contents";

	static final String EXAMPLES = "The examples";

	QuotingPage {
		contents = List.copyOf(contents);
		sections = List.copyOf(sections);
	}

	static QuotingPage parse(String markdown) {
		return new QuotingPageParser().parse(markdown);
	}

	QuotingSection section(String title) {
		return this.sections.stream().filter((section) -> section.title().equals(title)).findFirst().orElseThrow();
	}

}
