package io.github.awssecrets.env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link NameCharacters}.
 */
class NameCharactersTests {

	@ParameterizedTest
	@ValueSource(strings = { "aws.secrets.region", "AWS_SECRETS_REGION", "aws.secrets", "Aws.Se-crets[0]",
			"a_w_s.secrets.local", "aws.secrets.ünder", "aws[secrets]", "awssecretsX" })
	void mayStartWithWhenBootMayMapNameToPrefixIsTrue(String name) {
		assertThat(NameCharacters.mayStartWith(name, "awssecrets")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "aws.secret", "aws", "my.aws.secrets.region", "aws.sekrets.region", "1aws.secrets" })
	void mayStartWithWhenBootMapsNameToAnotherIsFalse(String name) {
		assertThat(NameCharacters.mayStartWith(name, "awssecrets")).isFalse();
	}

	@Test
	void ofNameIsLowerCaseLettersAndDigits() {
		assertThat(NameCharacters.of("Services.my-Db[0].PASS_WORD")).isEqualTo("servicesmydb0password");
		assertThat(NameCharacters.of("azAZ09 @[`{/:")).isEqualTo("azaz09");
	}

	@Test
	void areAsciiWhenUpperCaseMayBeOtherLettersIsFalse() {
		assertThat(NameCharacters.areAscii("a[\u00DF].b")).isFalse();
		assertThat(NameCharacters.areAscii("\u0080")).isFalse();
		assertThat(NameCharacters.areAscii("a[b].c-d\u007F")).isTrue();
	}

}
