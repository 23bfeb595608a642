package io.github.awssecrets.docs;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The section of one format.
 *
 * @param title the heading
 * @param examples the fenced blocks in order
 * @param impossible the names of the properties that the section says cannot be written
 */
record QuotingSection(String title, List<QuotingExample> examples, Set<String> impossible) {

	QuotingSection {
		examples = List.copyOf(examples);
		impossible = Set.copyOf(impossible);
	}

	List<QuotingExample> rightExamples() {
		return this.examples.stream().filter((example) -> !example.isWrong()).toList();
	}

	List<QuotingExample> wrongExamples() {
		return this.examples.stream().filter(QuotingExample::isWrong).toList();
	}

	/**
	 * Return the link to this section as code-hosting sites build it.
	 * @return the item of the contents
	 */
	String contentsItem() {
		String anchor = this.title.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
		return "[%s](#%s)".formatted(this.title, anchor);
	}

}
