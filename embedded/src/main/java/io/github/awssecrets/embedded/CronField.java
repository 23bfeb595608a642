package io.github.awssecrets.embedded;

import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A field of a {@code cron()} expression: numbers and their names, {@code *}, ranges,
 * steps and lists of them.
 *
 * @param name its name
 * @param first the least number
 * @param last the greatest
 * @param names the names of the numbers from the first, if they have any
 */
record CronField(String name, int first, int last, List<String> names) {

	// Reads a field. Throws IllegalArgumentException if it is not in order.
	NavigableSet<Integer> parse(String text) {
		NavigableSet<Integer> numbers = new TreeSet<>();
		for (String part : text.split(",", -1)) {
			addPart(part, numbers);
		}
		return numbers;
	}

	private void addPart(String part, NavigableSet<Integer> numbers) {
		String[] stepped = part.split("/", -1);
		String[] range = stepped[0].equals("*") ? new String[] { "" + this.first, "" + this.last }
				: stepped[0].split("-", -1);
		if (stepped.length > 2 || range.length > 2) {
			throw new IllegalArgumentException("%s can't be '%s'".formatted(this.name, part));
		}
		int from = number(range[0]);
		int to = (range.length > 1) ? number(range[1]) : from;
		int step = 1;
		if (stepped.length > 1) {
			step = step(stepped[1]);
			to = (range.length > 1) ? to : this.last;
		}
		if (to < from) {
			throw new IllegalArgumentException("%s can't be '%s'".formatted(this.name, part));
		}
		for (int i = from; i <= to; i += step) {
			numbers.add(i);
		}
	}

	private int step(String text) {
		if (!text.matches("[1-9]\\d{0,2}")) {
			throw new IllegalArgumentException("%s can't have the step '%s'".formatted(this.name, text));
		}
		return Integer.parseInt(text);
	}

	// A number, or its name.
	int number(String text) {
		int named = this.names.indexOf(text.toUpperCase(Locale.ROOT));
		if (named >= 0) {
			return this.first + named;
		}
		int number = text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
		if (number < this.first || number > this.last) {
			throw new IllegalArgumentException(
					"%s can't be '%s', which is not in %d-%d".formatted(this.name, text, this.first, this.last));
		}
		return number;
	}

}
