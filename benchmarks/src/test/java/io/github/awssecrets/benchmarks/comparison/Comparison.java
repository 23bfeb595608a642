package io.github.awssecrets.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.benchmarks.comparison.Recipes.Recipe;

/**
 * Measures what the starter costs next to Spring Cloud AWS, and prints a table. What was
 * measured is kept in a file, so that a run adds its rounds to those before.
 */
public final class Comparison {

	private static final Path DIRECTORY = Path.of(System.getProperty("benchmarks.directory", "."));

	private static final Path OBSERVATIONS = DIRECTORY.resolve("target/comparison/observations.csv");

	private static final Path PLOT = DIRECTORY.resolve("../docs/performance.svg");

	private static final int JVM_ROUNDS = 5;

	private static final int PROFILED_STARTS = 5;

	private final Observations observations;

	private Comparison(Observations observations) {
		this.observations = observations;
	}

	/**
	 * Run a part of the comparison, or all of it.
	 * @param name the name of a {@link Plan}; {@code jvms} to compare JVMs;
	 * {@code profile} for where the time of a start goes; or {@code report} for the table
	 * and the plot alone
	 * @param rounds the number of rounds, or 0 for the usual one
	 * @throws IOException if the plot cannot be written
	 * @throws IllegalStateException if the number of calls or refreshes is not what it
	 * must be
	 */
	public static void run(String name, int rounds) throws IOException {
		Comparison comparison = new Comparison(
				name.equals("quick") ? new Observations() : new Observations(OBSERVATIONS));
		switch (name) {
			case "report" -> Files.writeString(PLOT, Plot.of(comparison.observations));
			case "jvms" -> comparison.compareJvms((rounds > 0) ? rounds : JVM_ROUNDS);
			case "profile" -> profile((rounds > 0) ? rounds : PROFILED_STARTS);
			case "full" -> {
				comparison.measure(Plan.of(name, rounds));
				comparison.measure(Plan.of("one", rounds));
				comparison.compareJvms(JVM_ROUNDS);
				Files.writeString(PLOT, Plot.of(comparison.observations));
			}
			default -> comparison.measure(Plan.of(name, rounds));
		}
		comparison.report();
	}

	/**
	 * Measure what a plan says.
	 * @param plan the plan
	 * @return what was measured
	 */
	static Observations measured(Plan plan) {
		Comparison comparison = new Comparison(new Observations());
		comparison.measure(plan);
		return comparison.observations;
	}

	private void measure(Plan plan) {
		int first = this.observations.nextRound();
		for (int round = first; round < first + plan.rounds(); round++) {
			for (Plan.Step step : plan.steps()) {
				Map<Measure, Double> measured = step.scenario().run(step.variant(), step.secrets(), Jvm.current());
				add(measured, step.variant(), step.secrets(), Observation.DEFAULT_JVM, round);
				System.out.printf("Round %d of %d: %s: %s%n", round - first + 1, plan.rounds(), step, measured);
			}
		}
	}

	private void compareJvms(int rounds) {
		int first = this.observations.nextRound();
		try (Recipes recipes = Recipes.prepare()) {
			for (int round = first; round < first + rounds; round++) {
				for (int i = 0; i < recipes.of(Variant.STARTER).size(); i++) {
					for (Variant variant : List.of(Variant.PLAIN, Variant.STARTER)) {
						Recipe recipe = recipes.of(variant).get(i);
						Map<Measure, Double> measured = Scenario.START.run(variant, 1, recipe.jvm());
						add(measured, variant, 1, recipe.name(), round);
						System.out.printf("Round %d of %d: %s, %s: %s%n", round - first + 1, rounds, variant.label(),
								recipe.name(), measured);
					}
				}
			}
		}
	}

	private static void profile(int starts) {
		for (Variant variant : Variant.values()) {
			System.out.printf("%s, N=1, %d starts: %s%n", variant.label(), starts, Profile.of(variant, starts));
		}
	}

	private void add(Map<Measure, Double> measured, Variant variant, int secrets, String jvm, int round) {
		measured.forEach((measure, value) -> this.observations
			.add(new Observation(measure, variant, secrets, jvm, round, value)));
	}

	private void report() {
		System.out.printf("%n%s on %s, %d processors, %s%n%n", Runtime.version(), System.getProperty("os.name"),
				Runtime.getRuntime().availableProcessors(), OBSERVATIONS.normalize());
		System.out.println(Table.of(this.observations));
		List<String> broken = Target.brokenGates(this.observations);
		if (!broken.isEmpty()) {
			throw new IllegalStateException(
					"Gates that do not hold:%n%s".formatted(String.join(System.lineSeparator(), broken)));
		}
	}

}
