package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs all benchmarks, and prints what reading a property and borrowing a connection cost
 * with the starter and without it as ratios. With arguments, it runs what these tell JMH.
 */
public final class Benchmarks {

	private static final int DEFAULT_ROUNDS = 10;

	private static final Map<String, Class<?>> COMPARED = Map.of("reading", PropertyReading.class, "borrowing",
			PoolBorrowing.class);

	private static final String ROTATING = "rotating";

	private Benchmarks() {
	}

	/**
	 * Run benchmarks.
	 * @param args none for all; {@code reading}, {@code borrowing} or {@code rotating}
	 * and a number for that many rounds of one comparison; otherwise those of JMH
	 * @throws RunnerException if a benchmark fails
	 * @throws CommandLineOptionException if JMH does not know an argument
	 * @throws IOException if a database does not start
	 * @throws SQLException if a database fails
	 */
	public static void main(String[] args)
			throws RunnerException, CommandLineOptionException, IOException, SQLException {
		List<String> arguments = List.of(String.join(" ", args).trim().split(" +"));
		Class<?> compared = COMPARED.get(arguments.get(0));
		if (compared != null) {
			printRatios(compared, rounds(arguments));
			return;
		}
		if (arguments.get(0).equals(ROTATING)) {
			printRotationLatency(rounds(arguments));
			return;
		}
		if (!arguments.get(0).isEmpty()) {
			new Runner(new CommandLineOptions(arguments.toArray(String[]::new))).run();
			return;
		}
		new Runner(options(ReferenceParsing.class).build()).run();
		new Runner(options(Installation.class).build()).run();
		printRatios(PropertyReading.class, DEFAULT_ROUNDS);
		printRatios(PoolBorrowing.class, DEFAULT_ROUNDS);
		printRotationLatency(DEFAULT_ROUNDS);
	}

	private static int rounds(List<String> arguments) {
		return (arguments.size() > 1) ? Integer.parseInt(arguments.get(1)) : DEFAULT_ROUNDS;
	}

	/**
	 * Measure in rounds, in each of which every variant has a fork, so that what else
	 * goes on on the machine meets all of them alike.
	 */
	private static StarterRatios ratios(Class<?> benchmark, int rounds) throws RunnerException {
		List<Collection<RunResult>> results = new ArrayList<>();
		Options options = options(benchmark).build();
		for (int i = 0; i < rounds; i++) {
			results.add(new Runner(options).run());
		}
		return StarterRatios.of(results);
	}

	private static void printRatios(Class<?> benchmark, int rounds) throws RunnerException {
		System.out.println(ratios(benchmark, rounds));
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
