package io.github.awssecrets.benchmarks.comparison;

import java.util.Locale;

/**
 * One measured value.
 *
 * @param measure what was measured
 * @param variant of which application
 * @param secrets with how many secrets
 * @param jvm on which JVM, in words; {@link #DEFAULT_JVM} unless JVMs are compared
 * @param round in which round
 * @param value the value in the unit of the measure
 */
record Observation(Measure measure, Variant variant, int secrets, String jvm, int round, double value) {

	/** The JVM that runs the measuring process, without options. */
	static final String DEFAULT_JVM = "default";

	static Observation parse(String line) {
		String[] fields = line.split(",", -1);
		return new Observation(Measure.valueOf(fields[0]), Variant.valueOf(fields[1]), Integer.parseInt(fields[2]),
				fields[3], Integer.parseInt(fields[4]), Double.parseDouble(fields[5]));
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s,%s,%d,%s,%d,%.6f", this.measure, this.variant, this.secrets, this.jvm,
				this.round, this.value);
	}

}
