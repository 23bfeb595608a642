package io.github.awssecrets.benchmarks.comparison;

import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the comparison runs, with all its variants. It measures little: its times
 * mean nothing.
 */
class ComparisonIntegrationTests {

	private static final int SECRETS = 21;

	@Test
	void startOfEveryVariantIsMeasured() {
		Observations observations = Comparison.measured(new Plan(1,
				EnumSet.allOf(Variant.class)
					.stream()
					.map((variant) -> new Plan.Step(Scenario.START, variant, SECRETS))
					.toList()));
		assertThat(Target.brokenGates(observations)).isEmpty();
		assertThat(observations.values(Measure.START_CALLS, Variant.STARTER, SECRETS).values()).containsExactly(2.0);
		assertThat(observations.values(Measure.START_CALLS, Variant.PEER, SECRETS).values())
			.containsExactly((double) SECRETS);
		for (Variant variant : List.of(Variant.STARTER, Variant.PEER)) {
			assertThat(observations.values(Measure.START_SPAN, variant, SECRETS).values())
				.allSatisfy((seconds) -> assertThat(seconds).isGreaterThanOrEqualTo(0.02));
			assertThat(observations.raw(Measure.READY, variant, SECRETS, Observation.DEFAULT_JVM)).hasSize(1);
		}
	}

}
