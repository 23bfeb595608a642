package io.github.awssecrets.benchmarks.comparison;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.awssecrets.benchmarks.comparison.Statistics.Estimate;

/**
 * The tables of what was measured, in Markdown.
 */
final class Table {

	private static final int ENOUGH_SIZES = 3;

	private final Observations observations;

	private final StringBuilder text = new StringBuilder();

	private Table(Observations observations) {
		this.observations = observations;
	}

	static String of(Observations observations) {
		Table table = new Table(observations);
		table.addTargets();
		table.addGrowth();
		table.addJvms();
		return table.text.toString();
	}

	private void addTargets() {
		row("", "N", "Peer", "Starter", "Ratio", "99 % interval", "Rounds", "Target", "");
		row("---", "---", "---", "---", "---", "---", "---", "---", "---");
		for (Target target : Target.ALL) {
			Map<Integer, Double> ours = this.observations.values(target.measure(), Variant.STARTER, target.secrets());
			if (!ours.isEmpty()) {
				addTarget(target, ours.values());
			}
		}
	}

	private void addTarget(Target target, Collection<Double> ours) {
		Measure measure = target.measure();
		Collection<Double> others = target.toOne() ? this.observations.values(measure, Variant.STARTER, 1).values()
				: this.observations.values(measure, Variant.PEER, target.secrets()).values();
		String description = target.toOne() ? measure.description() + ", beside our own with N=1"
				: measure.description();
		if (measure.unit() == Measure.Unit.COUNT) {
			double gate = Target.gate(measure, target.secrets());
			boolean met = ours.stream().allMatch((value) -> value == gate);
			row(description, number(target.secrets()), format(measure, others), format(measure, ours), "", "",
					number(ours.size()), Double.isNaN(gate) ? "" : measure.unit().format(gate),
					Double.isNaN(gate) ? "" : met ? "met" : "missed");
			return;
		}
		Estimate ratio = target.ratio(this.observations);
		row(description, number(target.secrets()), target.toOne() ? "" : format(measure, others), format(measure, ours),
				ratio(ratio.value()), ratio.isLimited() ? ratio(ratio.low()) + " to " + ratio(ratio.high()) : "",
				number(ratio.rounds()), Double.isNaN(target.limit()) ? "" : ratio(target.limit()),
				target.verdict(ratio));
	}

	private void addGrowth() {
		this.text.append("\n");
		row("Growth", "", "N=1", "N=10", "N=100", "N=1,000", "Exponent");
		row("---", "---", "---", "---", "---", "---", "---");
		for (Measure measure : Measure.values()) {
			for (Variant variant : new Variant[] { Variant.PEER, Variant.STARTER }) {
				Map<Integer, Double> means = means(this.observations, measure, variant);
				if (means.size() >= ENOUGH_SIZES) {
					row(measure.description(), variant.label(), cell(measure, means, 1), cell(measure, means, 10),
							cell(measure, means, 100), cell(measure, means, 1000),
							String.format(Locale.ROOT, "%.2f", Statistics.exponent(means)));
				}
			}
		}
	}

	/**
	 * Return the means by number of secrets.
	 * @param observations what was measured
	 * @param measure the measure
	 * @param variant the variant
	 * @return the means that are positive
	 */
	static Map<Integer, Double> means(Observations observations, Measure measure, Variant variant) {
		Map<Integer, Double> means = new TreeMap<>();
		for (int secrets : observations.secrets(measure, variant)) {
			double mean = Statistics.mean(observations.values(measure, variant, secrets).values());
			if (mean > 0) {
				means.put(secrets, mean);
			}
		}
		return means;
	}

	private static String cell(Measure measure, Map<Integer, Double> means, int secrets) {
		Double mean = means.get(secrets);
		return (mean != null) ? measure.unit().format(mean) : "";
	}

	private void addJvms() {
		if (this.observations.jvms().isEmpty()) {
			return;
		}
		this.text.append("\n");
		row("Time to ready, N=1", "Plain", "99 % interval", "Starter", "99 % interval", "Rounds");
		row("---", "---", "---", "---", "---", "---");
		for (String jvm : this.observations.jvms()) {
			Estimate plain = ready(Variant.PLAIN, jvm);
			Estimate starter = ready(Variant.STARTER, jvm);
			row(jvm, seconds(plain.value()), interval(plain), seconds(starter.value()), interval(starter),
					number(starter.rounds()));
		}
	}

	private Estimate ready(Variant variant, String jvm) {
		return Statistics.estimate(this.observations.raw(Measure.READY, variant, 1, jvm).values());
	}

	private static String interval(Estimate estimate) {
		return estimate.isLimited() ? seconds(estimate.low()) + " to " + seconds(estimate.high()) : "";
	}

	private static String seconds(double value) {
		return String.format(Locale.ROOT, "%.2f s", value);
	}

	private static String format(Measure measure, Collection<Double> values) {
		return values.isEmpty() ? "" : measure.unit().format(Statistics.mean(values));
	}

	private static String ratio(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private static String number(int value) {
		return String.format(Locale.ROOT, "%,d", value);
	}

	private void row(String... cells) {
		this.text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
