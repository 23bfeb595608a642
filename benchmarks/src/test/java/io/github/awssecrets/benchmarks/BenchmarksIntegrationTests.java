package io.github.awssecrets.benchmarks;

import java.util.Collection;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every benchmark runs, and that what is compared is the same.
 */
class BenchmarksIntegrationTests {

	@Test
	void everyBenchmarkRuns() throws RunnerException {
		assertThat(run("io\\.github\\.awssecrets\\.benchmarks\\.", "10")).hasSize(10);
	}

	@Test
	void ratiosAreOfTheSameReading() throws RunnerException {
		Collection<RunResult> round = run("PropertyReading", "10");
		ReadingRatios ratios = ReadingRatios.of(List.of(round, round, round));
		assertThat(ratios.ratios()).containsOnlyKeys("referenced", "unreferenced");
		assertThat(ratios.toString()).contains("3 rounds").doesNotContain("NaN");
	}

	@Test
	void applicationHasTheSameValuesWithStarterAndWithout() {
		for (boolean starter : new boolean[] { true, false }) {
			try (OrdersApplication application = OrdersApplication.start(starter)) {
				for (int i = 0; i < OrdersApplication.CLIENTS; i++) {
					assertThat(application.hasPassword(i)).isTrue();
					assertThat(application.environment().getProperty(OrdersApplication.UNREFERENCED[i]))
						.isEqualTo("timeout-of-" + i);
				}
				assertThat(application.environment().getPropertySources().contains("awsSecrets")).isEqualTo(starter);
			}
		}
	}

	private static Collection<RunResult> run(String include, String references) throws RunnerException {
		return new Runner(new OptionsBuilder().include(include)
			.param("references", references)
			.forks(0)
			.warmupIterations(0)
			.measurementIterations(1)
			.measurementTime(TimeValue.milliseconds(10))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build()).run();
	}

}
