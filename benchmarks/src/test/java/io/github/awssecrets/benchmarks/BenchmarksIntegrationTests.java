package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.io.UrlResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every benchmark runs, and that what is compared is the same.
 */
class BenchmarksIntegrationTests {

	@Test
	void everyBenchmarkRuns() throws RunnerException {
		assertThat(run("io\\.github\\.awssecrets\\.benchmarks\\.", "10")).hasSize(15);
	}

	@Test
	void ratiosAreOfTheSameReading() throws RunnerException {
		assertThat(ratios("PropertyReading").ratios()).containsOnlyKeys("referenced", "unreferenced");
		assertThat(ratios("PoolBorrowing").ratios()).containsOnlyKeys("borrowed");
		assertThat(ratios("PoolBorrowing").toString()).contains("3 rounds").doesNotContain("NaN");
	}

	@Test
	void differencesAreOfTheSameRefresh() throws RunnerException {
		Collection<RunResult> round = run("Refreshing", "10");
		StarterDifferences differences = StarterDifferences.of(List.of(round, round, round));
		assertThat(differences.differences()).containsOnlyKeys("refreshed");
		assertThat(differences.toString()).contains("3 rounds").doesNotContain("NaN");
	}

	private static StarterRatios ratios(String benchmark) throws RunnerException {
		Collection<RunResult> round = run(benchmark, "10");
		return StarterRatios.of(List.of(round, round, round));
	}

	@Test
	void rotationsAreMeasuredBesidePlainPool() throws IOException, SQLException {
		Duration part = Duration.ofMillis(300);
		RotationLatency measured = RotationLatency.measure(3, new RotationLatency.Plan(part, part, part, part));
		assertThat(measured.failures()).isZero();
		assertThat(measured.ratios().ratios()).containsOnlyKeys("outside p99", "inside p99");
		assertThat(measured.toString()).contains("3 rounds", "0 failures").doesNotContain("NaN", "Infinity");
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
				HikariDataSource pool = application.context().getBean(HikariDataSource.class);
				assertThat(pool.getDataSource() != null).as("follows its secret").isEqualTo(starter);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void springFindsWhatTheStarterRegistersOnlyWithStarter(boolean starter) throws IOException {
		try (OrdersApplication application = OrdersApplication.start(starter)) {
			ClassLoader classLoader = Objects
				.requireNonNull(application.context().getBeanFactory().getBeanClassLoader());
			assertThat(registered(classLoader, "META-INF/spring.factories", "io.github.awssecrets.env."))
				.isEqualTo(starter);
			assertThat(registered(classLoader, "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports",
					"io.github.awssecrets.autoconfigure."))
				.isEqualTo(starter);
			assertThat(((AbstractApplicationContext) application.context()).getApplicationListeners()
				.stream()
				.anyMatch((listener) -> listener.getClass().getName().startsWith("io.github.awssecrets.")))
				.isEqualTo(starter);
		}
	}

	private static boolean registered(ClassLoader classLoader, String resource, String text) throws IOException {
		for (URL url : Collections.list(classLoader.getResources(resource))) {
			if (new UrlResource(url).getContentAsString(StandardCharsets.UTF_8).contains(text)) {
				return true;
			}
		}
		return false;
	}

	@Test
	void ratiosWhenLocaleHasOtherDigitsAreTheSameText() {
		ListStatistics logarithms = new ListStatistics(new double[] { 0, 0, 0 });
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertThat("%.2f".formatted(1.0)).isNotEqualTo("1.00");
			assertThat(new StarterRatios(Map.of("referenced", logarithms)).toString())
				.contains("referenced     1.00  (99 %: 1.00 to 1.00, 3 rounds)");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	private static Collection<RunResult> run(String include, String references) throws RunnerException {
		return new Runner(new OptionsBuilder().include(include)
			.param("references", references)
			.param("secrets", "2")
			.forks(0)
			.warmupIterations(0)
			.measurementIterations(1)
			.measurementTime(TimeValue.milliseconds(10))
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT)
			.build()).run();
	}

}
