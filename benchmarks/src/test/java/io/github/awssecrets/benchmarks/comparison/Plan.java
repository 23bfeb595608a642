package io.github.awssecrets.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run measures: in each round, every variant after the other, so that what else
 * goes on on the machine meets all of them alike.
 *
 * @param rounds the number of rounds
 * @param steps the steps of a round
 */
record Plan(int rounds, List<Step> steps) {

	private static final String NAMES = "one, start, poll, heap, growth, full, quick, jvms, profile and report";

	/**
	 * Return a plan by its name.
	 * @param name the name
	 * @param rounds the number of rounds, or 0 for as many as the plan has
	 * @return the plan
	 */
	static Plan of(String name, int rounds) {
		return switch (name) {
			case "one" -> plan(20, rounds, List.of(start(1)));
			case "start" -> plan(5, rounds, List.of(start(1, 100, 500)));
			case "poll" -> plan(5, rounds, List.of(poll(100)));
			case "heap" -> plan(3, rounds, List.of(heap(500)));
			case "growth" ->
				plan(3, rounds, List.of(start(10, 1000), poll(1, 10), pollOfStarter(1000), heap(1, 10, 100, 1000)));
			case "full" -> plan(10, rounds, List.of(start(1, 10, 100, 500, 1000), poll(1, 10, 100), pollOfStarter(1000),
					heap(1, 10, 100, 500, 1000)));
			case "quick" -> plan(2, rounds, List.of(start(1, 100), poll(20)));
			default -> throw new IllegalArgumentException("There is no '%s'. There are %s".formatted(name, NAMES));
		};
	}

	private static Plan plan(int usual, int rounds, List<List<Step>> steps) {
		return new Plan((rounds > 0) ? rounds : usual, steps.stream().flatMap(List::stream).toList());
	}

	private static List<Step> start(int... secrets) {
		return steps(Scenario.START, List.of(Variant.PLAIN, Variant.STARTER, Variant.PEER), secrets);
	}

	private static List<Step> heap(int... secrets) {
		return steps(Scenario.HEAP, List.of(Variant.PLAIN, Variant.STARTER, Variant.PEER), secrets);
	}

	private static List<Step> poll(int... secrets) {
		return steps(Scenario.POLL, List.of(Variant.STARTER, Variant.PEER), secrets);
	}

	/** With so many that the peer would take minutes for each poll. */
	private static List<Step> pollOfStarter(int... secrets) {
		return steps(Scenario.POLL, List.of(Variant.STARTER), secrets);
	}

	private static List<Step> steps(Scenario scenario, List<Variant> variants, int... secrets) {
		List<Step> steps = new ArrayList<>();
		for (int number : secrets) {
			variants.forEach((variant) -> steps.add(new Step(scenario, variant, number)));
		}
		return steps;
	}

	/**
	 * One process of a round.
	 *
	 * @param scenario what it is put through
	 * @param variant the variant of the application
	 * @param secrets the number of secrets
	 */
	record Step(Scenario scenario, Variant variant, int secrets) {

		@Override
		public String toString() {
			return "%s, %s, N=%d".formatted(this.scenario.name().toLowerCase(Locale.ROOT), this.variant.label(),
					this.secrets);
		}

	}

}
