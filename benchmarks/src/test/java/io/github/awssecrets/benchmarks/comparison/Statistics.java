package io.github.awssecrets.benchmarks.comparison;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * The statistics of rounds. Intervals are of 99 % confidence.
 */
final class Statistics {

	private static final double CONFIDENCE = 0.99;

	private Statistics() {
	}

	static double mean(Collection<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
	}

	/**
	 * Return the interval of a mean, by Student's t.
	 * @param values the values
	 * @return the mean and its interval
	 */
	static Estimate estimate(Collection<Double> values) {
		double mean = mean(values);
		int rounds = values.size();
		if (rounds < 2) {
			return new Estimate(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, rounds);
		}
		double squares = values.stream().mapToDouble((value) -> Math.pow(value - mean, 2)).sum();
		double error = quantile(rounds) * Math.sqrt(squares / (rounds - 1) / rounds);
		return new Estimate(mean, mean - error, mean + error, rounds);
	}

	/**
	 * Return the ratio of two means of the same rounds, with the interval of Fieller's
	 * theorem, which also holds for differences that come near zero.
	 * @param numerators the values of one by round
	 * @param denominators the values of the other by round
	 * @return the ratio and its interval, which is unlimited if it is not known
	 */
	static Estimate ratio(Map<Integer, Double> numerators, Map<Integer, Double> denominators) {
		Map<Integer, Double> upper = new TreeMap<>(numerators);
		upper.keySet().retainAll(denominators.keySet());
		Map<Integer, Double> lower = new TreeMap<>(denominators);
		lower.keySet().retainAll(upper.keySet());
		double a = mean(upper.values());
		double b = mean(lower.values());
		double ratio = a / b;
		int rounds = upper.size();
		if (rounds < 2) {
			return new Estimate(ratio, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, rounds);
		}
		double squares = Math.pow(quantile(rounds), 2) / rounds;
		double varianceA = covariance(upper, upper) * squares;
		double varianceB = covariance(lower, lower) * squares;
		double covariance = covariance(upper, lower) * squares;
		// Those r for which a - r b does not differ from zero: a quadratic inequality
		double square = b * b - varianceB;
		double linear = a * b - covariance;
		double discriminant = linear * linear - square * (a * a - varianceA);
		if (square <= 0) {
			return new Estimate(ratio, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, rounds);
		}
		double root = Math.sqrt(Math.max(0, discriminant));
		return new Estimate(ratio, (linear - root) / square, (linear + root) / square, rounds);
	}

	private static double covariance(Map<Integer, Double> one, Map<Integer, Double> other) {
		double mean = mean(one.values());
		double otherMean = mean(other.values());
		double sum = 0;
		for (Map.Entry<Integer, Double> entry : one.entrySet()) {
			sum += (entry.getValue() - mean) * (other.getOrDefault(entry.getKey(), Double.NaN) - otherMean);
		}
		return sum / (one.size() - 1);
	}

	private static double quantile(int rounds) {
		return new TDistribution(rounds - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
	}

	/**
	 * Return how something grows: the slope of the line through the logarithms.
	 * @param values the values by size
	 * @return the exponent; 1 is in proportion
	 */
	static double exponent(Map<Integer, Double> values) {
		double x = values.keySet().stream().mapToDouble(Math::log).average().orElse(Double.NaN);
		double y = values.values().stream().mapToDouble(Math::log).average().orElse(Double.NaN);
		double products = 0;
		double squares = 0;
		for (Map.Entry<Integer, Double> entry : values.entrySet()) {
			double distance = Math.log(entry.getKey()) - x;
			products += distance * (Math.log(entry.getValue()) - y);
			squares += distance * distance;
		}
		return products / squares;
	}

	/**
	 * An estimate.
	 *
	 * @param value the value
	 * @param low the lower end of its interval
	 * @param high the upper end
	 * @param rounds the number of rounds
	 */
	record Estimate(double value, double low, double high, int rounds) {

		boolean isLimited() {
			return Double.isFinite(this.low) && Double.isFinite(this.high);
		}

	}

}
