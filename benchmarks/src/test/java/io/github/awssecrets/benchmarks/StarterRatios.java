package io.github.awssecrets.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What something costs with the starter, in processor time, as ratio to what it costs
 * without: the geometric mean of the rounds' ratios, with an interval of 99 % confidence
 * (Student's t, of the logarithms).
 *
 * @param ratios the ratios of the rounds by what was done
 */
record StarterRatios(Map<String, ListStatistics> ratios) {

	static final double CONFIDENCE = 0.99;

	static StarterRatios of(List<? extends Collection<RunResult>> rounds) {
		Map<String, ListStatistics> ratios = new TreeMap<>();
		for (Collection<RunResult> round : rounds) {
			Map<String, Double> with = scores(round, "true");
			scores(round, "false")
				.forEach((name, without) -> ratios.computeIfAbsent(name, (key) -> new ListStatistics())
					.addValue(Math.log(with.getOrDefault(name, Double.NaN) / without)));
		}
		return new StarterRatios(ratios);
	}

	/**
	 * Return what one operation costs.
	 * @param round the results of a round
	 * @param starter whether with the starter
	 * @return nanoseconds of processor time by what was done
	 */
	static Map<String, Double> scores(Collection<RunResult> round, String starter) {
		Map<String, Double> scores = new TreeMap<>();
		for (RunResult result : round) {
			if (starter.equals(result.getParams().getParam("starter"))) {
				scores.put(result.getPrimaryResult().getLabel(),
						count(result, "processorNanos") / count(result, "operations"));
			}
		}
		return scores;
	}

	private static double count(RunResult result, String counter) {
		return result.getSecondaryResults().get(counter).getScore();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("%nWith the starter : without it%n%n".formatted());
		this.ratios.forEach((name, logarithms) -> {
			double mean = logarithms.getMean();
			double error = logarithms.getMeanErrorAt(CONFIDENCE);
			text.append(String.format(Locale.ROOT, "%-14s %.2f  (99 %%: %.2f to %.2f, %d rounds)%n", name,
					Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error), logarithms.getN()));
		});
		return text.toString();
	}

}
