package io.github.awssecrets.embedded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link SecretArn}.
 */
class SecretArnTests {

	private static final String PREFIX = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";

	@ParameterizedTest
	@ValueSource(strings = { "prod/db", "a", "Az09/_+=.@-", "rds!cluster-1", PREFIX + "prod/db-AbCdEf", PREFIX + "db" })
	void validateWhenNameOrArnAccepts(String id) {
		assertThatNoException().isThrownBy(() -> SecretArn.validate(id));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a:b", "a*", "ü", "prod\\db", "a#b", "arn:aws:s3:::bucket", "arn:aws", PREFIX })
	void validateWhenNeitherNameNorArnRefuses(String id) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretArn.validate(id))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("ValidationException"))
			.satisfies((ex) -> assertThat(ex.text()).isEqualTo("Invalid name. Must be a valid name containing"
					+ " alphanumeric characters, or any of the following: -/_+=.@!"));
	}

	@ParameterizedTest
	@CsvSource({ "prod/db, prod/db", "prod/db-AbCdEf, prod/db-AbCdEf", PREFIX + "prod/db, prod/db",
			PREFIX + "prod/db-AbCdEf, prod/db", PREFIX + "a-bcdefg-AbCdEf, a-bcdefg" })
	void toNameTakesTheSuffixOffCompleteArns(String id, String name) {
		assertThat(SecretArn.toName(id)).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ "eu-west-1, aws", "cn-north-1, aws-cn", "us-gov-west-1, aws-us-gov" })
	void ofUsesThePartitionOfTheRegion(String region, String partition) {
		assertThat(SecretArn.of(region, "db"))
			.isEqualTo("arn:" + partition + ":secretsmanager:" + region + ":123456789012:secret:db");
	}

	@Test
	void isForeignAccountWhenArnOfOther() {
		assertThat(SecretArn.isForeignAccount("arn:aws:secretsmanager:eu-west-1:210987654321:secret:db-AbCdEf"))
			.isTrue();
		assertThat(SecretArn.isForeignAccount(PREFIX + "db-AbCdEf")).isFalse();
		assertThat(SecretArn.isForeignAccount("db")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "europe", "eu-west", "EU-WEST-1", "eu west 1" })
	void requireRegionWhenMalformedThrows(String region) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> SecretArn.requireRegion(region))
			.withMessageStartingWith("Not the name of a Region: '" + region + "'");
	}

}
