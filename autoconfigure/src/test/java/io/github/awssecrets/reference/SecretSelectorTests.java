package io.github.awssecrets.reference;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretSelector}.
 */
class SecretSelectorTests {

	private static final SecretId ID = new SecretId("prod/db");

	@Test
	void isCurrentWhenNeitherStageNorVersionReturnsTrue() {
		assertThat(SecretSelector.current(ID).isCurrent()).isTrue();
		assertThat(new SecretSelector(ID, "eu-west-1", null, null).isCurrent()).isTrue();
		assertThat(new SecretSelector(ID, null, "AWSPREVIOUS", null).isCurrent()).isFalse();
		assertThat(new SecretSelector(ID, null, null, "v".repeat(32)).isCurrent()).isFalse();
	}

	@Test
	void createWhenLengthsAreAtTheirLimitsSucceeds() {
		assertThat(new SecretSelector(ID, null, "s".repeat(256), null).stage()).hasSize(256);
		assertThat(new SecretSelector(ID, null, null, "v".repeat(32)).versionId()).hasSize(32);
		assertThat(new SecretSelector(ID, null, null, "v".repeat(64)).versionId()).hasSize(64);
	}

	@Test
	void createWhenLengthsAreBeyondTheirLimitsThrowsException() {
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretSelector(ID, null, "s".repeat(257), null));
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretSelector(ID, null, null, "v".repeat(31)));
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretSelector(ID, null, null, "v".repeat(65)));
	}

	@Test
	void createWhenStageAndVersionThrowsException() {
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretSelector(ID, null, "AWSPREVIOUS", "v".repeat(32)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eu-west-1", "ap-southeast-7", "us-gov-east-1", "us-isob-east-1", "eusc-de-east-1" })
	void createWhenRegionHasFormOfRegionSucceeds(String region) {
		assertThat(new SecretSelector(ID, region, null, null).region()).isEqualTo(region);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "EU-WEST-1", "eu-west", "eu-1", "eu-west-", "eu_west_1", "eu-west-1a", "eu-west-1 " })
	void createWhenRegionHasOtherFormThrowsException(String region) {
		assertThatExceptionOfType(ReferenceSyntaxException.class)
			.isThrownBy(() -> new SecretSelector(ID, region, null, null));
	}

	@Test
	void equalsWhenAllPartsAreEqualIsTrue() {
		List<SecretSelector> selectors = List.of(SecretSelector.current(ID),
				SecretSelector.current(new SecretId("prod/other")), new SecretSelector(ID, "eu-west-1", null, null),
				new SecretSelector(ID, null, "AWSPREVIOUS", null), new SecretSelector(ID, null, null, "v".repeat(32)));
		for (int i = 0; i < selectors.size(); i++) {
			SecretSelector one = selectors.get(i);
			SecretSelector copy = new SecretSelector(one.id(), one.region(), one.stage(), one.versionId());
			for (int j = 0; j < selectors.size(); j++) {
				assertThat(copy.equals(selectors.get(j))).isEqualTo(i == j);
			}
		}
		assertThat(selectors.get(0)).isNotEqualTo(ID);
		assertThat(selectors).extracting(SecretSelector::hashCode).doesNotHaveDuplicates();
		assertThat(SecretSelector.current(new SecretId("prod/db"))).hasSameHashCodeAs(selectors.get(0));
	}

}
