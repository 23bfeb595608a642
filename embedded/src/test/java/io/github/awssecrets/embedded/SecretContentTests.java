package io.github.awssecrets.embedded;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link SecretContent}.
 */
class SecretContentTests {

	@Test
	void toStringHidesTheValue() {
		assertThat(SecretContent.ofString("embedded-hidden-7")).asString()
			.isEqualTo("SecretContent[STRING, hidden]")
			.doesNotContain("embedded-hidden-7");
	}

	@Test
	void createWhenLimitIsReachedAccepts() {
		assertThatNoException().isThrownBy(() -> SecretContent.ofString("x".repeat(65_536)));
		assertThatNoException().isThrownBy(() -> SecretContent.ofBinary(new byte[65_536]));
	}

	@Test
	void createWhenTooLargeInBytesRefusesWithoutTheValue() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretContent.ofString("ü".repeat(32_769)))
			.withMessage("ValidationException: 1 validation error detected: Value at 'secretString' failed to satisfy"
					+ " constraint: Member must have length less than or equal to 65536");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretContent.ofBinary(new byte[65_537]));
	}

	@Test
	void createWhenEmptyRefuses() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretContent.ofString(""))
			.withMessageContaining("greater than or equal to 1");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretContent.ofBinary(new byte[0]));
	}

}
