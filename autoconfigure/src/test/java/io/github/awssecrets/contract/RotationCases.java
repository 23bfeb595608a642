package io.github.awssecrets.contract;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;
import software.amazon.awssdk.services.secretsmanager.model.RotationRulesType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service answers about rotation, as far as it needs no rotation function, and
 * the passwords it makes for them.
 */
abstract class RotationCases extends ContractCases {

	private static final String ALL_TYPES = "(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])(?=.*[!-/:-@\\[-`{-~])[!-~]*";

	@Test
	void passwordHas32CharactersOfAllTypes() {
		String password = password((request) -> {
		});
		assertThat(password.length()).isEqualTo(32);
		assertThat(password.matches(ALL_TYPES)).isTrue();
	}

	@Test
	void passwordWhenShortHasAllTypes() {
		assertThat(password((request) -> request.passwordLength(4L)).matches(ALL_TYPES)).isTrue();
	}

	@Test
	void passwordWhenTypesAreExcludedHasNone() {
		assertThat(password((request) -> request.passwordLength(4096L)
			.excludeLowercase(true)
			.excludeNumbers(true)
			.excludePunctuation(true)
			.excludeCharacters("ABC")
			.includeSpace(true)).matches("[D-Z ]{4096}")).isTrue();
	}

	@Test
	void passwordWhenTooLongIsRefused() {
		assertThat(outcome(() -> password((request) -> request.passwordLength(4097L)))).isEqualTo(VALIDATION);
	}

	@Test
	void passwordWhenTooShortForAllTypesIsRefused() {
		assertThat(outcome(() -> password((request) -> request.passwordLength(3L)))).isEqualTo(INVALID_PARAMETER);
	}

	@Test
	void passwordWhenTypesAreNotRequiredMayBeShort() {
		assertThat(outcome(() -> password((request) -> request.passwordLength(1L).requireEachIncludedType(false))))
			.isEqualTo(OK);
	}

	@Test
	void passwordWhenRequiredTypeIsExcludedByItsCharactersIsRefused() {
		assertThat(outcome(() -> password((request) -> request.excludeCharacters("0123456789"))))
			.isEqualTo(INVALID_PARAMETER);
	}

	private String password(Consumer<GetRandomPasswordRequest.Builder> request) {
		return this.client.getRandomPassword(request).randomPassword();
	}

	@Test
	void rotateWhenSecretIsUnknownIsNotFound() {
		assertThat(rotate()).isEqualTo(NOT_FOUND);
	}

	@Test
	void rotateWhenDeletedIsRefused() {
		create("a");
		delete("a");
		assertThat(rotate()).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void rotateWhenThereIsNoFunctionIsRefused() {
		create("a");
		assertThat(rotate()).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void rotateWhenDaysAreTooManyIsRefused() {
		create("a");
		assertThat(rotate((rules) -> rules.automaticallyAfterDays(1001L))).isEqualTo(VALIDATION);
	}

	@Test
	void rotateWhenScheduleIsGivenTwiceIsRefused() {
		create("a");
		assertThat(rotate((rules) -> rules.automaticallyAfterDays(1L).scheduleExpression("rate(1 day)")))
			.isEqualTo(INVALID_PARAMETER);
	}

	private String rotate() {
		return outcome(() -> this.client.rotateSecret((request) -> request.secretId(id("a"))));
	}

	private String rotate(Consumer<RotationRulesType.Builder> rules) {
		return outcome(() -> this.client.rotateSecret((request) -> request.secretId(id("a")).rotationRules(rules)));
	}

	@Test
	void cancelWhenSecretIsUnknownIsNotFound() {
		assertThat(cancel()).isEqualTo(NOT_FOUND);
	}

	@Test
	void cancelWhenDeletedIsRefused() {
		create("a");
		delete("a");
		assertThat(cancel()).isEqualTo(INVALID_REQUEST);
	}

	@Test
	void cancelWhenThereIsNoFunctionIsRefused() {
		create("a");
		assertThat(cancel()).isEqualTo(INVALID_REQUEST);
	}

	private String cancel() {
		return outcome(() -> this.client.cancelRotateSecret((request) -> request.secretId(id("a"))));
	}

}
