package io.github.awssecrets.contract;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Deviations}: that none is of a case that is not there, and none hides
 * a fault.
 */
class DeviationsTests {

	private static final List<String> CASES = Stream
		.of(SecretCases.class, VersionCases.class, BatchCases.class, ListingCases.class, RotationCases.class,
				StarterCases.class)
		.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
		.filter((method) -> method.isAnnotationPresent(Test.class))
		.map(Deviations::name)
		.toList();

	private final Deviation deviation = new Deviation(Backend.MOTO, "Secret.get", "\"404 Gone\"", "because");

	@Test
	void deviationsAreOfCasesThatThereAre() {
		assertThat(Deviations.all()).extracting(Deviation::test).isNotEmpty().isSubsetOf(CASES);
	}

	@Test
	void deviationsAreNamedOnce() {
		assertThat(Deviations.all()).extracting((each) -> each.backend() + " " + each.test()).doesNotHaveDuplicates();
	}

	@Test
	void deviationsOfTheEmbeddedServerThereAreNone() {
		assertThat(Deviations.all()).extracting(Deviation::backend).doesNotContain(Backend.EMBEDDED);
	}

	@Test
	void findWhenCaseDeviatesOnOneBackendIsOfThatOneOnly() throws NoSuchMethodException {
		Method method = SecretCases.class.getDeclaredMethod("getWhenSecretIsUnknownIsNotFound");
		assertThat(Deviations.find(Backend.MOTO, method)).isNotNull();
		assertThat(Deviations.find(Backend.LOCALSTACK, method)).isNull();
	}

	@Test
	void checkWhenCaseFailsAsKnownPasses() {
		this.deviation.check(new AssertionError("expected: \"400 Gone\" but was: \"404 Gone\""));
	}

	@Test
	void checkWhenCasePassesFails() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.deviation.check(null))
			.withMessage("moto no longer deviates in Secret.get: remove the entry");
	}

	@Test
	void checkWhenCaseFailsOtherwiseFailsWithThat() {
		AssertionError failure = new AssertionError("expected: \"400 Gone\" but was: \"500 null\"");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.deviation.check(failure))
			.withMessage("moto is known to deviate in Secret.get, but otherwise")
			.withCause(failure);
	}

	@Test
	void insteadIsNoMereOutcomeThatTheExpectedHalfMayShow() {
		assertThat(Deviations.all()).extracting(Deviation::instead)
			.noneMatch((instead) -> instead.matches("\"?\\d{3}.*|\\[.*"));
	}

}
