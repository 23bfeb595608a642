package io.github.awssecrets.operator;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.awssecrets.actuate.SecretsDescriptor;
import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.testing.CanaryScanner;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skyscreamer.jsonassert.JSONAssert;
import org.skyscreamer.jsonassert.JSONCompareMode;

import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@code docs/operations.md}: each failure on the page happens to an
 * application, and what it logs, answers and counts must be what the page shows, until it
 * is repaired as the page says.
 */
@ExtendWith(OutputCaptureExtension.class)
class OperationsPageIntegrationTests {

	private static final OperationsPage PAGE = OperationsPage.read();

	@TempDir
	private Path directory;

	@Test
	void pageWhenReadHasASectionForEachFailure() {
		assertThat(PAGE.failures()).containsOnlyKeys(Failures.all().keySet());
	}

	@Test
	void pageWhenASectionLacksABlockIsNoticed() {
		assertThatIllegalStateException()
			.isThrownBy(() -> OperationsPage.parse("## Title\n\n```text\nlog\n```\n\n**What to do:** nothing.\n"));
	}

	static Stream<String> failures() {
		return PAGE.failures().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void failureWhenItHappensIsWhatThePageShows(String title, CapturedOutput output) throws Exception {
		OperationsPage.Failure page = PAGE.failures().get(title);
		try (Failures failure = Failures.all().get(title).get()) {
			OperatedApplication application = failure.start(this.directory);
			Map<String, Double> before = metrics(application);
			int start = output.getAll().length();
			failure.happen();
			assertThat(logged(output, start)).isEqualTo(page.log());
			SecretsDescriptor secrets = application.context().getBean(SecretsEndpoint.class).secrets();
			assertJson(page.secret(), application.json(secrets.secrets().get(0)));
			assertJson(page.health(),
					application.json(application.context().getBean(HealthEndpoint.class).healthForPath("secrets")));
			assertThat(changes(before, metrics(application))).isEqualTo(page.metrics());
			int repair = output.getAll().length();
			failure.repair();
			assertThat(logged(output, repair)).isEqualTo(page.repaired());
			assertThat(application.context().getBean(SecretsEndpoint.class).secrets().secrets().get(0).state())
				.isEqualTo("current");
		}
		assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
	}

	private static String logged(CapturedOutput output, int start) {
		String logged = output.getAll().substring(start).strip();
		return logged.isEmpty() ? "(nothing)" : logged;
	}

	private static void assertJson(String expected, String actual) throws Exception {
		try {
			JSONAssert.assertEquals(expected, actual, JSONCompareMode.STRICT);
		}
		catch (AssertionError ex) {
			throw new AssertionError(ex.getMessage() + "\nin " + actual, ex);
		}
	}

	/* Not what says that time has passed */
	private static Map<String, Double> metrics(OperatedApplication application) {
		Map<String, Double> metrics = new TreeMap<>();
		for (Meter meter : application.context().getBean(MeterRegistry.class).getMeters()) {
			String name = meter.getId().getName();
			if (name.startsWith("aws.secrets.") && meter.getId().getType() != Meter.Type.TIMER
					&& meter.getId().getType() != Meter.Type.LONG_TASK_TIMER) {
				String tags = meter.getId()
					.getTags()
					.stream()
					.map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
					.collect(Collectors.joining(",", "{", "}"));
				Measurement value = meter.measure().iterator().next();
				metrics.put((name + tags).replace("{}", ""), value.getValue());
			}
		}
		return metrics;
	}

	private static String changes(Map<String, Double> before, Map<String, Double> after) {
		return after.entrySet()
			.stream()
			.filter((entry) -> !entry.getValue().equals(before.getOrDefault(entry.getKey(), 0.0)))
			.map((entry) -> "%s %.0f".formatted(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("\n"));
	}

}
