package io.github.awssecrets.retrieval;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DenialText}.
 */
class DenialTextTests {

	@Test
	void parseWhenNoPolicyAllows() {
		DenialText denial = DenialText
			.parse("User: arn:aws:sts::123456789012:assumed-role/orders/i-0ab is not authorized to perform: "
					+ "secretsmanager:GetSecretValue on resource: prod/payment because no identity-based policy allows "
					+ "the secretsmanager:GetSecretValue action");
		assertThat(denial.principal()).isEqualTo("arn:aws:sts::123456789012:assumed-role/orders/i-0ab");
		assertThat(denial.account()).isEqualTo("123456789012");
		assertThat(denial.action()).isEqualTo("secretsmanager:GetSecretValue");
		assertThat(denial.explicitDeny()).isNull();
		assertThat(denial.isKms()).isFalse();
	}

	@Test
	void parseWhenExplicitlyDenied() {
		DenialText denial = DenialText
			.parse("User: arn:aws-us-gov:iam::123456789012:user/app+x@example is not authorized to perform: "
					+ "secretsmanager:BatchGetSecretValue with an explicit deny in a service control policy");
		assertThat(denial.principal()).isEqualTo("arn:aws-us-gov:iam::123456789012:user/app+x@example");
		assertThat(denial.action()).isEqualTo(BatchCall.ACTION);
		assertThat(denial.explicitDeny()).isEqualTo("explicit deny, service control policy");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Access to KMS is not allowed",
			"User: arn:aws:iam::123456789012:user/app is not authorized to perform: kms:Decrypt on this resource "
					+ "because the resource does not exist in this Region",
			"The ciphertext refers to a key that this caller may not use (kms:Decrypt)" })
	void parseWhenKmsDenies(String message) {
		DenialText denial = DenialText.parse(message);
		assertThat(denial.isKms()).isTrue();
		assertThat(denial.action()).isEqualTo("kms:Decrypt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Access denied", "User:", "User: anonymous is not authorized to perform:",
			"User: arn:aws:sts::12:x is not authorized to perform: \n", "not authorized to perform: <script>" })
	void parseWhenTextIsUnknownTakesNothing(String message) {
		assertThat(DenialText.parse(message)).isEqualTo(new DenialText(null, null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "User: arn:aws", "-a", "kms:", "explicit deny in a ", "User: arn:aws:sts::123456789012:" })
	@Timeout(10)
	void parseWhenTextIsHostileTakesLinearTime(String part) {
		assertThat(DenialText.parse(part.repeat(100_000)).explicitDeny()).isNull();
	}

}
