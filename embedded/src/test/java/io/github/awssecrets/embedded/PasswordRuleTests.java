package io.github.awssecrets.embedded;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PasswordRule}.
 */
class PasswordRuleTests {

	private static final Set<PasswordRule.Type> ALL = EnumSet.allOf(PasswordRule.Type.class);

	private final Random random = new Random(7);

	@RepeatedTest(20)
	void generateWhenEachTypeIsRequiredHasEach() {
		String password = rule(4, ALL, true, "").generate(this.random);
		assertThat(password).hasSize(4)
			.containsPattern("[A-Z]")
			.containsPattern("[a-z]")
			.containsPattern("[0-9]")
			.containsPattern("[!-/:-@\\[-`{-~]");
	}

	@Test
	void generateUsesAllCharactersOfTheTypes() {
		String password = new PasswordRule(4096, ALL, true, "", true).generate(this.random);
		assertThat(password).hasSize(4096).matches("[ -~]+");
		assertThat(password.chars().distinct().count()).isEqualTo(95);
	}

	@Test
	void generateUsesNoExcludedCharacter() {
		String password = new PasswordRule(4096, ALL, true, "aZ09-]^\\ ", true).generate(this.random);
		assertThat(password.chars().distinct().count()).isEqualTo(95 - 9);
		assertThat(password).doesNotContainPattern("[aZ09\\-\\]^\\\\ ]");
	}

	@Test
	void generateWhenTypesAreNotRequiredMayLackSome() {
		assertThat(rule(1, ALL, false, "").generate(this.random)).hasSize(1);
		assertThat(rule(50, EnumSet.of(PasswordRule.Type.NUMBERS), true, "").generate(this.random))
			.matches("[0-9]{50}");
		assertThat(new PasswordRule(3, Set.of(), true, "", true).generate(this.random)).isEqualTo("   ");
	}

	@Test
	void generateWhenLengthIsLessThanTheRequiredTypesFails() {
		assertRefused(rule(3, ALL, true, ""), "Password length is too short based on the required types.");
	}

	@Test
	void generateWhenAllCharactersOfRequiredTypeAreExcludedFails() {
		assertRefused(rule(8, ALL, true, "0123456789"), "All characters of the desired type have been excluded");
		assertThat(rule(8, ALL, false, "0123456789").generate(this.random)).matches("[^0-9]{8}");
	}

	@Test
	void generateWhenNoCharacterIsLeftFails() {
		assertRefused(rule(8, Set.of(), true, ""), "All characters have been excluded from selection");
		assertRefused(new PasswordRule(8, EnumSet.of(PasswordRule.Type.NUMBERS), false, "0123456789 ", true),
				"All characters have been excluded from selection");
	}

	private static PasswordRule rule(int length, Set<PasswordRule.Type> types, boolean requiresEach, String excluded) {
		return new PasswordRule(length, types, requiresEach, excluded, false);
	}

	private void assertRefused(PasswordRule rule, String message) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> rule.generate(this.random))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("InvalidParameterException"))
			.satisfies((ex) -> assertThat(ex.text()).isEqualTo(message));
	}

}
