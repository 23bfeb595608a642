package io.github.awssecrets.benchmarks.comparison;

import java.util.List;
import java.util.Map;

import io.github.awssecrets.benchmarks.comparison.Statistics.Estimate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Statistics}.
 */
class StatisticsTests {

	@Test
	void ratioWhenRoundsAreInProportionHasNoWidth() {
		Estimate ratio = Statistics.ratio(Map.of(1, 1.0, 2, 1.1, 3, 0.9), Map.of(1, 10.0, 2, 11.0, 3, 9.0));
		assertThat(ratio.value()).isCloseTo(0.1, within(1e-9));
		assertThat(ratio.low()).isCloseTo(0.1, within(1e-6));
		assertThat(ratio.high()).isCloseTo(0.1, within(1e-6));
		assertThat(ratio.rounds()).isEqualTo(3);
	}

	@Test
	void ratioWhenDenominatorIsExactHasIntervalOfNumerator() {
		Map<Integer, Double> numerators = Map.of(1, 1.0, 2, 1.2, 3, 1.1, 4, 0.9);
		Estimate numerator = Statistics.estimate(numerators.values());
		Estimate ratio = Statistics.ratio(numerators, Map.of(1, 2.0, 2, 2.0, 3, 2.0, 4, 2.0));
		assertThat(ratio.value()).isCloseTo(numerator.value() / 2, within(1e-9));
		assertThat(ratio.low()).isCloseTo(numerator.low() / 2, within(1e-9));
		assertThat(ratio.high()).isCloseTo(numerator.high() / 2, within(1e-9));
	}

	@Test
	void ratioUsesRoundsThatBothHave() {
		Estimate ratio = Statistics.ratio(Map.of(1, 1.0, 2, 1.0, 9, 100.0), Map.of(1, 2.0, 2, 2.0, 3, 100.0));
		assertThat(ratio.value()).isEqualTo(0.5);
		assertThat(ratio.rounds()).isEqualTo(2);
	}

	@Test
	void ratioWhenDenominatorMayBeZeroIsUnlimited() {
		Estimate ratio = Statistics.ratio(Map.of(1, 1.0, 2, 1.1, 3, 0.9), Map.of(1, -1.0, 2, 1.0, 3, 0.5));
		assertThat(ratio.isLimited()).isFalse();
	}

	@Test
	void ratioWhenOneRoundIsUnlimited() {
		Estimate ratio = Statistics.ratio(Map.of(1, 1.0), Map.of(1, 4.0));
		assertThat(ratio.value()).isEqualTo(0.25);
		assertThat(ratio.isLimited()).isFalse();
	}

	@Test
	void estimateHasIntervalOfStudent() {
		// t of 99 % and 2 degrees of freedom is 9.925, the error of the mean 1 / sqrt(3)
		Estimate estimate = Statistics.estimate(List.of(1.0, 2.0, 3.0));
		assertThat(estimate.value()).isEqualTo(2);
		assertThat(estimate.high()).isCloseTo(2 + 9.925 / Math.sqrt(3), within(1e-3));
	}

	@Test
	void exponentIsSlopeOfLogarithms() {
		assertThat(Statistics.exponent(Map.of(1, 3.0, 10, 30.0, 100, 300.0))).isCloseTo(1, within(1e-9));
		assertThat(Statistics.exponent(Map.of(1, 3.0, 10, 300.0, 100, 30000.0))).isCloseTo(2, within(1e-9));
		assertThat(Statistics.exponent(Map.of(1, 5.0, 10, 5.0))).isCloseTo(0, within(1e-9));
	}

}
