package io.github.awssecrets.benchmarks.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What was measured, in a file to which later runs add their rounds.
 */
final class Observations {

	private final List<Observation> all = new ArrayList<>();

	private final @Nullable Path file;

	/**
	 * Create observations that are kept in memory only.
	 */
	Observations() {
		this.file = null;
	}

	/**
	 * Continue a file.
	 * @param file the file, which need not exist
	 */
	Observations(Path file) {
		this.file = file;
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			if (Files.exists(file)) {
				Files.readAllLines(file).forEach((line) -> this.all.add(Observation.parse(line)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void add(Observation observation) {
		this.all.add(observation);
		if (this.file != null) {
			try {
				Files.writeString(this.file,
						this.all.stream().map(Observation::toString).collect(Collectors.joining("\n", "", "\n")));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	List<Observation> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Return the number of the next round.
	 * @return one more than there is, from 1
	 */
	int nextRound() {
		return this.all.stream().mapToInt(Observation::round).max().orElse(0) + 1;
	}

	/**
	 * Return with how many secrets something was measured.
	 * @param measure what
	 * @param variant of which application
	 * @return the numbers of secrets in order
	 */
	Set<Integer> secrets(Measure measure, Variant variant) {
		return this.all.stream()
			.filter((observation) -> observation.measure() == measure && observation.variant() == variant
					&& observation.jvm().equals(Observation.DEFAULT_JVM))
			.map(Observation::secrets)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the JVMs that were compared.
	 * @return the names in the order of their first use
	 */
	List<String> jvms() {
		return this.all.stream()
			.map(Observation::jvm)
			.filter((jvm) -> !jvm.equals(Observation.DEFAULT_JVM))
			.distinct()
			.toList();
	}

	/**
	 * Return the values of all rounds. What counts as added is the difference to the
	 * plain application in the same round.
	 * @param measure what was measured
	 * @param variant of which application
	 * @param secrets with how many secrets
	 * @return the values by round
	 */
	Map<Integer, Double> values(Measure measure, Variant variant, int secrets) {
		Map<Integer, Double> values = raw(measure, variant, secrets, Observation.DEFAULT_JVM);
		if (measure.isAdded()) {
			Map<Integer, Double> plain = raw(measure, Variant.PLAIN, secrets, Observation.DEFAULT_JVM);
			values.keySet().retainAll(plain.keySet());
			values.replaceAll((round, value) -> value - plain.get(round));
		}
		return values;
	}

	/**
	 * Return the values of all rounds as they were measured.
	 * @param measure what was measured
	 * @param variant of which application
	 * @param secrets with how many secrets
	 * @param jvm on which JVM
	 * @return the values by round
	 */
	Map<Integer, Double> raw(Measure measure, Variant variant, int secrets, String jvm) {
		BinaryOperator<Double> last = (one, other) -> other;
		return this.all.stream()
			.filter((observation) -> observation.measure() == measure && observation.variant() == variant
					&& observation.secrets() == secrets && observation.jvm().equals(jvm))
			.collect(Collectors.toMap(Observation::round, Observation::value, last, TreeMap::new));
	}

}
