package io.github.awssecrets.reference;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ArrayIndex}, and for the steps that hold indexes.
 */
class ArrayIndexTests {

	@ParameterizedTest
	@ValueSource(strings = { "0", "9", "10", "999999999" })
	void parseWhenTextIsAnIndexReturnsIt(String text) {
		assertThat(ArrayIndex.parse(text)).isEqualTo(Integer.parseInt(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "01", "1x", "x1", "-1", "1/", "1:", "1000000000" })
	void parseWhenTextIsNoIndexReturnsNone(String text) {
		assertThat(ArrayIndex.parse(text)).isEqualTo(ArrayIndex.NONE);
	}

	@Test
	void stepWhenIndexIsTheGreatestHoldsIt() {
		assertThat(new KeySelector.Step("a", List.of(0, ArrayIndex.MAXIMUM)).indexes()).containsExactly(0,
				ArrayIndex.MAXIMUM);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, ArrayIndex.MAXIMUM + 1 })
	void stepWhenIndexIsOutOfRangeFails(int index) {
		assertThatIllegalArgumentException().isThrownBy(() -> new KeySelector.Step("a", List.of(index)));
	}

}
