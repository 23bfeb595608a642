package io.github.awssecrets.benchmarks.comparison;

import java.util.Locale;

/**
 * Something that is measured in a process.
 */
enum Measure {

	START_CALLS("calls at start-up", Unit.COUNT),

	START_SPAN("first to last call at start-up", Unit.SECONDS),

	READY("time to ready, added", Unit.SECONDS),

	READY_PROCESSOR("processor time to ready, added", Unit.SECONDS),

	CLASSES("classes loaded, added", Unit.COUNT),

	FIRST_CALL("process start to first call", Unit.SECONDS),

	IDLE_CALLS("calls of an idle poll", Unit.COUNT),

	IDLE_TIME("idle poll", Unit.SECONDS),

	ROTATION_CALLS("calls for one rotation", Unit.COUNT),

	ROTATION_TIME("one rotation, poll start to bean", Unit.SECONDS),

	FIVE_CALLS("calls for five rotations in one poll", Unit.COUNT),

	FIVE_REFRESHES("refreshes for five rotations in one poll", Unit.COUNT),

	FIVE_BEANS("five rotations, poll start to last bean", Unit.SECONDS),

	FIVE_TIME("five rotations, to end of last refresh", Unit.SECONDS),

	HEAP_PEAK("peak heap, added", Unit.MEGABYTES),

	HEAP_LIVE("live heap, added", Unit.MEGABYTES);

	private final String description;

	private final Unit unit;

	Measure(String description, Unit unit) {
		this.description = description;
		this.unit = unit;
	}

	String description() {
		return this.description;
	}

	Unit unit() {
		return this.unit;
	}

	/**
	 * Return whether what counts is the difference to the plain application.
	 * @return whether it is added to that
	 */
	boolean isAdded() {
		return this.description.endsWith("added");
	}

	/**
	 * The unit of a measure.
	 */
	enum Unit {

		COUNT(""), SECONDS(" s"), MEGABYTES(" MB");

		private final String symbol;

		Unit(String symbol) {
			this.symbol = symbol;
		}

		String format(double value) {
			return String.format(Locale.ROOT, (this == COUNT) ? "%.0f%s" : (value < 1) ? "%.3f%s" : "%.1f%s", value,
					this.symbol);
		}

	}

}
