package io.github.awssecrets.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Expectation}: who sees a difference, and who fails of it.
 */
class ExpectationTests {

	private final AssertionError known = new AssertionError("expected: \"400\" but was: \"404\"");

	private final AssertionError other = new AssertionError("expected: \"400\" but was: \"500\"");

	private final Deviation deviation = new Deviation(Backend.LOCALSTACK, "Secret.get", "but was: \"404\"", "because");

	@Test
	void checkWhenAsExpectedPasses() {
		assertThatCode(() -> expectation(null, null).check(null)).doesNotThrowAnyException();
		assertThatCode(() -> expectation(null, "what was read").check(null)).doesNotThrowAnyException();
		assertThatCode(() -> expectation(this.deviation, null).check(this.known)).doesNotThrowAnyException();
		assertThatCode(() -> expectation(this.deviation, "what was read").check(this.known)).doesNotThrowAnyException();
	}

	@Test
	void checkWhenSeenAndDifferentFails() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> expectation(null, null).check(this.other))
			.isSameAs(this.other);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> expectation(this.deviation, null).check(this.other))
			.withCause(this.other);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> expectation(this.deviation, null).check(null));
	}

	@Test
	void checkWhenNotSeenAndFailsWithoutEntryAborts() {
		assertThatExceptionOfType(TestAbortedException.class)
			.isThrownBy(() -> expectation(null, "what was read").check(this.other))
			.withMessage("localstack differs from what was read: Secret.get fails without an entry")
			.withCause(this.other);
	}

	@Test
	void checkWhenNotSeenAndFailsOtherwiseAborts() {
		assertThatExceptionOfType(TestAbortedException.class)
			.isThrownBy(() -> expectation(this.deviation, "what was read").check(this.other))
			.withMessage("localstack differs from what was read: "
					+ "localstack is known to deviate in Secret.get, but otherwise");
	}

	@Test
	void checkWhenNotSeenAndPassesAborts() {
		assertThatExceptionOfType(TestAbortedException.class)
			.isThrownBy(() -> expectation(this.deviation, "what was read").check(null))
			.withMessage("localstack differs from what was read: "
					+ "localstack no longer deviates in Secret.get: remove the entry");
	}

	private static Expectation expectation(@Nullable Deviation deviation, @Nullable String unseenBasis) {
		return new Expectation(Backend.LOCALSTACK, "Secret.get", deviation, unseenBasis);
	}

}
