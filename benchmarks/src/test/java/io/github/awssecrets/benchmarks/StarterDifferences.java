package io.github.awssecrets.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What the starter adds to the cost of something, in processor time: the mean of the
 * rounds' differences, with an interval of 99 % confidence (Student's t).
 *
 * @param differences the differences of the rounds in milliseconds, by what was done
 * @param without what it costs without the starter in milliseconds, by what was done
 */
record StarterDifferences(Map<String, ListStatistics> differences, Map<String, ListStatistics> without) {

	private static final double NANOS_PER_MILLI = 1e6;

	static StarterDifferences of(List<? extends Collection<RunResult>> rounds) {
		Map<String, ListStatistics> differences = new TreeMap<>();
		Map<String, ListStatistics> without = new TreeMap<>();
		for (Collection<RunResult> round : rounds) {
			Map<String, Double> with = StarterRatios.scores(round, "true");
			StarterRatios.scores(round, "false").forEach((name, score) -> {
				add(differences, name, with.getOrDefault(name, Double.NaN) - score);
				add(without, name, score);
			});
		}
		return new StarterDifferences(differences, without);
	}

	private static void add(Map<String, ListStatistics> statistics, String name, double nanos) {
		statistics.computeIfAbsent(name, (key) -> new ListStatistics()).addValue(nanos / NANOS_PER_MILLI);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("%nAdded by the starter%n%n".formatted());
		this.differences.forEach((name, difference) -> {
			double mean = difference.getMean();
			double error = difference.getMeanErrorAt(StarterRatios.CONFIDENCE);
			text.append(String.format(Locale.ROOT, "%-14s %.2f ms  (99 %%: %.2f to %.2f, %d rounds) to %.2f ms%n", name,
					mean, mean - error, mean + error, difference.getN(), this.without.get(name).getMean()));
		});
		return text.toString();
	}

}
