package io.github.awssecrets.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Compares a page with what its examples yield. Each method returns problems in words,
 * none if all is well.
 *
 * @param page the page
 * @param formats the formats that can be loaded, by the heading of their section
 */
record QuotingChecks(QuotingPage page, Map<String, QuotingFormat> formats) {

	/**
	 * Check that contents, sections and formats name the same, and that no section lacks
	 * a row.
	 * @return the problems
	 */
	List<String> structure() {
		List<String> problems = new ArrayList<>();
		List<String> items = new ArrayList<>(List.of("[The examples](#the-examples)"));
		this.page.sections().forEach((section) -> items.add(section.contentsItem()));
		if (!items.equals(this.page.contents())) {
			problems.add("The contents are %s, the sections %s".formatted(this.page.contents(), items));
		}
		Set<String> titles = new TreeSet<>(this.page.sections().stream().map(QuotingSection::title).toList());
		if (!titles.equals(new TreeSet<>(this.formats.keySet()))) {
			problems.add("The sections are %s, the formats %s".formatted(titles, this.formats.keySet()));
		}
		this.page.sections().forEach((section) -> structure(section, problems));
		return problems;
	}

	private void structure(QuotingSection section, List<String> problems) {
		if (section.rightExamples().isEmpty()) {
			problems.add("Section '%s' has no example".formatted(section.title()));
		}
		Set<String> wrong = new TreeSet<>();
		section.wrongExamples().forEach((example) -> example.property(this.page.rows().keySet()).ifPresent(wrong::add));
		if (!wrong.containsAll(section.impossible())) {
			problems.add("Section '%s' does not show why it lacks %s".formatted(section.title(), section.impossible()));
		}
	}

	/**
	 * Check a right example.
	 * @param section the section of the example
	 * @param example the example
	 * @return the problems
	 */
	List<String> right(QuotingSection section, QuotingExample example) {
		Map<String, String> received;
		try {
			received = format(section).load(example.text());
		}
		catch (Exception ex) {
			return List.of("Line %d: cannot be loaded: %s".formatted(example.line(), ex));
		}
		return right(section, example.line(), received);
	}

	/**
	 * Check what a right example yields.
	 * @param section the section of the example
	 * @param line the line of the example
	 * @param received the properties that arrive
	 * @return the problems
	 */
	List<String> right(QuotingSection section, int line, Map<String, String> received) {
		List<String> problems = new ArrayList<>();
		for (QuotingRow row : this.page.rows().values()) {
			String value = received.get(row.name());
			boolean impossible = section.impossible().contains(row.name());
			if ((value == null) != impossible) {
				problems.add("Line %d: '%s' is %s".formatted(line, row.name(), impossible ? "possible" : "missing"));
			}
			else if (value != null && !(value.equals(row.value()) && row.isMeantBy(value))) {
				problems.add("Line %d: '%s' arrives as %s".formatted(line, row.name(), value));
			}
		}
		received.keySet()
			.stream()
			.filter((name) -> !this.page.rows().containsKey(name))
			.forEach((name) -> problems.add("Line %d: '%s' is no row".formatted(line, name)));
		return problems;
	}

	/**
	 * Check that a wrong example goes wrong as its caption says.
	 * @param section the section of the example
	 * @param example the example
	 * @return the problems
	 */
	List<String> wrong(QuotingSection section, QuotingExample example) {
		Optional<QuotingRow> row = example.property(this.page.rows().keySet()).map(this.page.rows()::get);
		if (row.isEmpty()) {
			return List.of("Line %d: names no row".formatted(example.line()));
		}
		String expected = example.arrives().orElse(null);
		String received = received(section, example, row.get().name());
		if (Objects.equals(expected, row.get().value())) {
			return List.of("Line %d: is not wrong".formatted(example.line()));
		}
		return Objects.equals(received, expected) ? List.of()
				: List.of("Line %d: arrives as %s".formatted(example.line(), received));
	}

	private @Nullable String received(QuotingSection section, QuotingExample example, String name) {
		try {
			return format(section).load(example.text()).get(name);
		}
		catch (Exception ex) {
			return null;
		}
	}

	private QuotingFormat format(QuotingSection section) {
		return Objects.requireNonNull(this.formats.get(section.title()),
				() -> "No format '%s'".formatted(section.title()));
	}

}
