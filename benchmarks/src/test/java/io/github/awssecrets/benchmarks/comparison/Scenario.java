package io.github.awssecrets.benchmarks.comparison;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.benchmarks.application.MeasuredApplication;
import io.github.awssecrets.benchmarks.application.Report;
import io.github.awssecrets.benchmarks.comparison.ApplicationProcess.Line;
import io.github.awssecrets.benchmarks.comparison.MeasuredServer.Calls;

/**
 * What one process of the measured application is put through, and what that measures.
 */
enum Scenario {

	/** It starts. */
	START {

		@Override
		Map<Measure, Double> run(Variant variant, int secrets, Jvm jvm) {
			try (MeasuredServer server = new MeasuredServer(secrets);
					ApplicationProcess application = ApplicationProcess.start(variant, secrets, server, jvm,
							NO_POLLING)) {
				Line ready = application.await(Report.READY, 1).get(0);
				Calls calls = server.calls();
				Map<Measure, Double> measured = new EnumMap<>(Measure.class);
				measured.put(Measure.READY, (ready.micros() - application.startedMicros()) / MICROS);
				measured.put(Measure.READY_PROCESSOR, ready.numbers().get(0) / MICROS);
				measured.put(Measure.CLASSES, (double) ready.numbers().get(1));
				if (variant != Variant.PLAIN) {
					measured.put(Measure.FIRST_CALL, (calls.firstMicros() - application.startedMicros()) / MICROS);
					measured.put(Measure.START_CALLS, (double) calls.count());
					measured.put(Measure.START_SPAN, calls.seconds());
				}
				return measured;
			}
		}

	},

	/** It polls: nothing has changed, then one secret, then five. */
	POLL {

		@Override
		Map<Measure, Double> run(Variant variant, int secrets, Jvm jvm) {
			Map<Measure, Double> measured = new EnumMap<>(Measure.class);
			if (variant == Variant.PLAIN) {
				return measured;
			}
			try (MeasuredServer server = new MeasuredServer(secrets);
					ApplicationProcess application = ApplicationProcess.start(variant, secrets, server, jvm, POLLING)) {
				application.await(Report.READY, 1);
				server.forgetCalls();
				server.awaitPause();
				Calls idle = server.awaitCalls();
				measured.put(Measure.IDLE_CALLS, (double) idle.count());
				measured.put(Measure.IDLE_TIME, idle.seconds());
				Rotation one = Rotation.of(1, server, application);
				measured.put(Measure.ROTATION_CALLS, (double) one.calls());
				measured.put(Measure.ROTATION_TIME, one.secondsToBean());
				if (secrets >= MeasuredApplication.BEANS) {
					Rotation five = Rotation.of(MeasuredApplication.BEANS, server, application);
					measured.put(Measure.FIVE_CALLS, (double) five.calls());
					measured.put(Measure.FIVE_REFRESHES, (double) five.refreshes());
					measured.put(Measure.FIVE_BEANS, five.secondsToBean());
					measured.put(Measure.FIVE_TIME, five.secondsToEnd());
				}
			}
			return measured;
		}

	},

	/** It starts with little room for garbage. */
	HEAP {

		@Override
		Map<Measure, Double> run(Variant variant, int secrets, Jvm jvm) {
			try (MeasuredServer server = new MeasuredServer(secrets);
					ApplicationProcess application = ApplicationProcess.start(variant, secrets, server,
							jvm.with(SMALL_YOUNG_GENERATION), NO_POLLING)) {
				application.await(Report.READY, 1);
				List<Long> bytes = application.heap().numbers();
				return Map.of(Measure.HEAP_LIVE, bytes.get(0) / MEGABYTE, Measure.HEAP_PEAK, bytes.get(1) / MEGABYTE);
			}
		}

	};

	private static final Duration POLLING = Duration.ofSeconds(3);

	private static final Duration NO_POLLING = Duration.ofHours(1);

	private static final double MICROS = 1e6;

	private static final double MEGABYTE = 1 << 20;

	/** So that the peak is that of what is in use, and not of garbage. */
	private static final List<String> SMALL_YOUNG_GENERATION = List.of("-XX:+UseSerialGC", "-Xmn4m");

	/**
	 * Measure.
	 * @param variant the variant of the application
	 * @param secrets the number of secrets
	 * @param jvm the JVM that runs it
	 * @return what was measured, in the units of the measures
	 */
	abstract Map<Measure, Double> run(Variant variant, int secrets, Jvm jvm);

	/**
	 * What a rotation led to.
	 *
	 * @param calls the calls of the poll that found it, and of what followed from that
	 * @param refreshes the refreshes
	 * @param secondsToBean the time from the first call of the poll until the last bean
	 * had its new value
	 * @param secondsToEnd the time until the last refresh was over
	 */
	private record Rotation(int calls, int refreshes, double secondsToBean, double secondsToEnd) {

		static Rotation of(int secrets, MeasuredServer server, ApplicationProcess application) {
			server.forgetCalls();
			application.forgetLines();
			server.rotate(secrets);
			List<Line> beans = application.await(Report.BEAN, secrets);
			if (beans.stream().map(Line::numbers).distinct().count() != secrets) {
				throw new IllegalStateException("Not %d beans: %s".formatted(secrets, beans));
			}
			Calls calls = server.awaitCalls();
			List<Line> refreshes = application.await(Report.REFRESHED, 1);
			return new Rotation(calls.count(), refreshes.size(),
					(beans.get(secrets - 1).micros() - calls.firstMicros()) / MICROS,
					(refreshes.get(refreshes.size() - 1).micros() - calls.firstMicros()) / MICROS);
		}

	}

}
