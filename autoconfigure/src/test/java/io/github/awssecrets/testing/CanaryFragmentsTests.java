package io.github.awssecrets.testing;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CanaryFragments}.
 */
class CanaryFragmentsTests {

	private static final String VALUE = Canary.value("prod/fragment", 1);

	private final CanaryFragments fragments = CanaryFragments.of(List.of(VALUE));

	@Test
	void areInWhenTextHasAnyEightCharactersIsTrue() {
		for (int i = 0; i + 8 <= VALUE.length(); i++) {
			String fragment = VALUE.substring(i, i + 8);
			assertThat(this.fragments.areIn("- " + fragment + " -")).isTrue();
			assertThat(this.fragments.areIn(fragment.toUpperCase(Locale.ROOT))).isTrue();
			assertThat(this.fragments.areIn(fragment.replace("\"", "\\\"").replace("/", "\\/"))).isTrue();
		}
	}

	@Test
	void areInWhenTextHasSevenCharactersOrOtherValuesIsFalse() {
		assertThat(this.fragments.areIn(VALUE.substring(3, 10))).isFalse();
		assertThat(this.fragments.areIn(VALUE.substring(20, 27) + "-")).isFalse();
		assertThat(this.fragments.areIn("")).isFalse();
	}

}
