package io.github.awssecrets.reference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretId}.
 */
class SecretIdTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "prod/db", "/_+=.@-", "rds!cluster-1", "arn", "arn.aws", "azAZ09" })
	void createWhenNameIsLegalIsNoArn(String name) {
		SecretId id = new SecretId(name);
		assertThat(id.isArn()).isFalse();
		assertThat(id.name()).isEqualTo(name);
		assertThat(id.arnRegion()).isNull();
		assertThat(id.arnAccount()).isNull();
		assertThat(id).hasToString(name);
	}

	@Test
	void createWhenNameHasGreatestLengthSucceeds() {
		assertThat(new SecretId("a".repeat(512)).name()).hasSize(512);
	}

	@ParameterizedTest
	@CsvSource({ "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf, eu-west-1, prod/db",
			"arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a.b-c-012345, cn-north-1, a.b-c",
			"arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:a-AbCdEf, us-gov-east-1, a",
			"arn:aws-iso-b:secretsmanager:us-isob-east-1:123456789012:secret:a-AbCdEf, us-isob-east-1, a",
			"arn:aws-eusc:secretsmanager:eusc-de-east-1:123456789012:secret:rds!x-AbCdEf, eusc-de-east-1, rds!x" })
	void createWhenArnIsCompleteTellsItsParts(String arn, String region, String name) {
		SecretId id = new SecretId(arn);
		assertThat(id.isArn()).isTrue();
		assertThat(id.arnRegion()).isEqualTo(region);
		assertThat(id.arnAccount()).isEqualTo("123456789012");
		assertThat(id.name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "a:b", "a\\b", "a$b", "a*", "a~", "a`", "a{", "a[", "a,", "\u007f",
			"\u00e4", "arn:", "arn:aws", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdE",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCd!f",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf\n",
			"arn:aws:secretsmanager:eu-west-1:12345678901:secret:db-AbCdEf",
			"arn:aws:secretsmanager::123456789012:secret:db-AbCdEf",
			"arn:gcp:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf" })
	void createWhenAwsWouldRefuseThrowsException(String value) {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId(value));
	}

	@Test
	void createWhenIdIsTooLongSaysSo() {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId("a".repeat(2049)))
			.withMessageContaining("2048 characters, and this one has 2049");
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId("a".repeat(2048)))
			.withMessageNotContaining("at most 2048");
	}

	@Test
	void createWhenCharacterIsIllegalShowsItIfItCanBeSeen() {
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId("a~"))
			.withMessageContaining("'~'");
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId("a\u007f"))
			.withMessageContaining("U+007F");
		assertThatExceptionOfType(ReferenceSyntaxException.class).isThrownBy(() -> new SecretId("a b"))
			.withMessageContaining("a space");
	}

}
