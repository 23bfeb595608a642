package io.github.awssecrets.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.benchmarks.comparison.Statistics.Estimate;

/**
 * What the starter has to cost at most. Counts are gates: each single one must be right.
 * Times and sizes are ratios.
 *
 * @param measure what is measured
 * @param secrets with how many secrets
 * @param limit the largest ratio
 * @param toOne whether that is the ratio to the starter's own cost with one secret, and
 * not to the peer's
 */
record Target(Measure measure, int secrets, double limit, boolean toOne) {

	/** The rows of the table, in order. */
	static final List<Target> ALL = List.of(of(Measure.START_CALLS, 100), of(Measure.START_CALLS, 500),
			toPeer(Measure.START_SPAN, 100, 1.0 / 20), toPeer(Measure.START_SPAN, 500, 1.0 / 20),
			toPeer(Measure.READY, 1, 1.0 / 2), of(Measure.READY, 500), new Target(Measure.READY, 500, 1.1, true),
			of(Measure.READY_PROCESSOR, 1), of(Measure.READY_PROCESSOR, 500), of(Measure.CLASSES, 1),
			of(Measure.FIRST_CALL, 1), of(Measure.IDLE_CALLS, 100), toPeer(Measure.IDLE_TIME, 100, 1.0 / 20),
			of(Measure.ROTATION_CALLS, 100), toPeer(Measure.ROTATION_TIME, 100, 1.0 / 10), of(Measure.FIVE_CALLS, 100),
			of(Measure.FIVE_REFRESHES, 100), of(Measure.FIVE_BEANS, 100), toPeer(Measure.FIVE_TIME, 100, 1.0 / 30),
			toPeer(Measure.HEAP_PEAK, 500, 1.0 / 2), toPeer(Measure.HEAP_LIVE, 500, 1.0 / 2));

	private static final int SECRETS_PER_CALL = 20;

	private static Target of(Measure measure, int secrets) {
		return toPeer(measure, secrets, Double.NaN);
	}

	private static Target toPeer(Measure measure, int secrets, double limit) {
		return new Target(measure, secrets, limit, false);
	}

	/**
	 * Return the ratio that counts.
	 * @param observations what was measured
	 * @return the ratio
	 */
	Estimate ratio(Observations observations) {
		return Statistics.ratio(observations.values(this.measure, Variant.STARTER, this.secrets),
				this.toOne ? observations.values(this.measure, Variant.STARTER, 1)
						: observations.values(this.measure, Variant.PEER, this.secrets));
	}

	/**
	 * Return whether the ratio was reached.
	 * @param ratio the measured ratio
	 * @return the answer in words, as far as the interval allows one
	 */
	String verdict(Estimate ratio) {
		if (Double.isNaN(this.limit)) {
			return "";
		}
		if (!ratio.isLimited()) {
			return "interval not known";
		}
		if (ratio.value() > this.limit) {
			return (ratio.low() > this.limit) ? "missed" : "missed, within the interval";
		}
		return (ratio.high() <= this.limit) ? "met" : "met, within the interval";
	}

	/**
	 * Find the gates that do not hold.
	 * @param observations what was measured
	 * @return what is wrong, a line each
	 */
	static List<String> brokenGates(Observations observations) {
		List<String> broken = new ArrayList<>();
		for (Observation observation : observations.all()) {
			double expected = gate(observation.measure(), observation.secrets());
			if (observation.variant() == Variant.STARTER && !Double.isNaN(expected)
					&& observation.value() != expected) {
				broken.add("%s, N=%d, round %d: %.0f instead of %.0f".formatted(observation.measure().description(),
						observation.secrets(), observation.round(), observation.value(), expected));
			}
		}
		return broken;
	}

	/**
	 * Return the count that a gate demands of the starter.
	 * @param measure what is measured
	 * @param secrets with how many secrets
	 * @return the count, or not a number if there is no gate
	 */
	static double gate(Measure measure, int secrets) {
		return switch (measure) {
			case START_CALLS, IDLE_CALLS, ROTATION_CALLS, FIVE_CALLS -> Math.ceil(secrets / (double) SECRETS_PER_CALL);
			case FIVE_REFRESHES -> 1;
			default -> Double.NaN;
		};
	}

}
