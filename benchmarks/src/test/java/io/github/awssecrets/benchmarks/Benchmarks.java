package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.benchmarks.comparison.Comparison;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs all benchmarks: those of inner paths, with what reading a property, borrowing a
 * connection and a refresh cost with the starter and without it, and the
 * {@link Comparison} with Spring Cloud AWS. With arguments, it runs a part.
 */
public final class Benchmarks {

	private static final int DEFAULT_ROUNDS = 10;

	private static final Map<String, Class<?>> COMPARED = Map.of("reading", PropertyReading.class, "borrowing",
			PoolBorrowing.class, "refreshing", Refreshing.class);

	/** Those of which the difference counts, and not the ratio. */
	private static final Set<Class<?>> BY_DIFFERENCE = Set.of(Refreshing.class);

	private static final String COMPARISON = "compare";

	private static final String QUICK = "quick";

	private static final String ROTATING = "rotating";

	private Benchmarks() {
	}

	/**
	 * Run benchmarks.
	 * @param args none for all; {@code quick} for two minutes of the comparison with
	 * Spring Cloud AWS; {@code compare}, a part of that and a number for that many
	 * rounds; {@code reading}, {@code borrowing}, {@code refreshing} or {@code rotating}
	 * and a number; otherwise those of JMH
	 * @throws RunnerException if a benchmark fails
	 * @throws CommandLineOptionException if JMH does not know an argument
	 * @throws IOException if a database does not start, or results cannot be written
	 * @throws SQLException if a database fails
	 */
	public static void main(String[] args)
			throws RunnerException, CommandLineOptionException, IOException, SQLException {
		List<String> arguments = List.of(String.join(" ", args).trim().split(" +"));
		String first = arguments.get(0);
		if (first.equals(ROTATING)) {
			printRotationLatency(number(arguments, 1, DEFAULT_ROUNDS));
			return;
		}
		if (first.equals(QUICK)) {
			Comparison.run(QUICK, 0);
			return;
		}
		if (first.equals(COMPARISON)) {
			Comparison.run((arguments.size() > 1) ? arguments.get(1) : "full", number(arguments, 2, 0));
			return;
		}
		Class<?> compared = COMPARED.get(first);
		if (compared != null) {
			printRatios(compared, number(arguments, 1, DEFAULT_ROUNDS));
			return;
		}
		if (!first.isEmpty()) {
			new Runner(new CommandLineOptions(arguments.toArray(String[]::new))).run();
			return;
		}
		new Runner(options(ReferenceParsing.class).build()).run();
		new Runner(options(Installation.class).build()).run();
		printRatios(PropertyReading.class, DEFAULT_ROUNDS);
		printRatios(PoolBorrowing.class, DEFAULT_ROUNDS);
		printRatios(Refreshing.class, DEFAULT_ROUNDS);
		printRotationLatency(DEFAULT_ROUNDS);
		Comparison.run("full", 0);
	}

	private static int number(List<String> arguments, int index, int usual) {
		return (arguments.size() > index) ? Integer.parseInt(arguments.get(index)) : usual;
	}

	/**
	 * Measure in rounds, in each of which every variant has a fork, so that what else
	 * goes on on the machine meets all of them alike.
	 */
	private static void printRatios(Class<?> benchmark, int rounds) throws RunnerException {
		List<Collection<RunResult>> results = new ArrayList<>();
		Options options = options(benchmark).build();
		for (int i = 0; i < rounds; i++) {
			results.add(new Runner(options).run());
		}
		System.out
			.println(BY_DIFFERENCE.contains(benchmark) ? StarterDifferences.of(results) : StarterRatios.of(results));
	}

	private static void printRotationLatency(int rounds) throws IOException, SQLException {
		System.out.println(RotationLatency.measure(rounds, RotationLatency.Plan.DEFAULT));
	}

	private static OptionsBuilder options(Class<?> benchmark) {
		OptionsBuilder options = new OptionsBuilder();
		options.include(benchmark.getName() + "\\.").shouldFailOnError(true);
		return options;
	}

}
