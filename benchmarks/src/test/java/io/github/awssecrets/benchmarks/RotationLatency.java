package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openjdk.jmh.util.ListStatistics;

/**
 * How long connections are waited for while a password is rotated and otherwise, with the
 * starter, as ratios to a pool without rotations that does the same at the same time.
 *
 * @param outside the rounds' parts without a rotation
 * @param inside the rounds' parts from the change of the password until all connections
 * are new
 * @param failures how much has failed
 */
record RotationLatency(List<PoolsSideBySide.Pair> outside, List<PoolsSideBySide.Pair> inside, int failures) {

	/**
	 * Measure.
	 * @param rounds the number of rounds, with a rotation each
	 * @param plan how long the parts of a round are
	 * @return what was measured
	 * @throws IOException if the database does not start
	 * @throws SQLException if its users cannot be changed
	 */
	static RotationLatency measure(int rounds, Plan plan) throws IOException, SQLException {
		try (PoolsSideBySide pools = new PoolsSideBySide()) {
			pools.pass(plan.warmup());
			pools.next();
			List<PoolsSideBySide.Pair[]> parts = new ArrayList<>();
			for (int i = 0; i < rounds; i++) {
				pools.pass(plan.outside());
				PoolsSideBySide.Pair outside = pools.next();
				pools.rotate(plan.gap());
				pools.pass(plan.evictions());
				parts.add(new PoolsSideBySide.Pair[] { outside, pools.next() });
			}
			return new RotationLatency(parts.stream().map((pair) -> pair[0]).toList(),
					parts.stream().map((pair) -> pair[1]).toList(), pools.failures());
		}
	}

	/**
	 * Return the ratios of what 99 of 100 borrows do not exceed.
	 * @return the logarithms of the rounds' ratios by parts
	 */
	StarterRatios ratios() {
		return new StarterRatios(
				Map.of("outside p99", logarithms(this.outside), "inside p99", logarithms(this.inside)));
	}

	private static ListStatistics logarithms(List<PoolsSideBySide.Pair> pairs) {
		return new ListStatistics(pairs.stream().mapToDouble((pair) -> Math.log(pair.ratio())).toArray());
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(ratios().toString());
		text.append("%nMilliseconds%n%n".formatted());
		text.append(part("outside", this.outside)).append(part("inside", this.inside));
		return text.append(String.format(Locale.ROOT, "%n%d failures%n", this.failures)).toString();
	}

	private static String part(String name, List<PoolsSideBySide.Pair> pairs) {
		double[] longest = pairs.stream().mapToDouble((pair) -> pair.rotating().longest()).sorted().toArray();
		double[] plain = pairs.stream().mapToDouble((pair) -> pair.plain().longest()).sorted().toArray();
		return String.format(Locale.ROOT, "%-8s p99 %.0f with the starter, %.0f without; longest %.0f and %.0f%n", name,
				median(pairs.stream().mapToDouble((pair) -> pair.rotating().percentile99()).sorted().toArray()),
				median(pairs.stream().mapToDouble((pair) -> pair.plain().percentile99()).sorted().toArray()),
				longest[longest.length - 1], plain[plain.length - 1]);
	}

	private static double median(double[] sorted) {
		return sorted[sorted.length / 2];
	}

	/**
	 * How long the parts of a run are.
	 *
	 * @param warmup before the first round
	 * @param outside before each rotation
	 * @param gap between the change of the password and the move of AWSCURRENT
	 * @param evictions after that, until connections were evicted for the second time
	 */
	record Plan(Duration warmup, Duration outside, Duration gap, Duration evictions) {

		static final Plan DEFAULT = new Plan(Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(2),
				Duration.ofMillis(2500));

	}

}
