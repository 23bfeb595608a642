package io.github.awssecrets.embedded;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Policy} and {@link PolicyParser}.
 */
class PolicyTests {

	private static final String DB = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf";

	@ParameterizedTest
	@CsvSource({ "*, true", "arn:aws:secretsmanager:*:*:secret:prod/*, true",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????, true",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db, false",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-?????, false",
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:PROD/*, false" })
	void decideMatchesResourcesWithWildcards(String resource, boolean allowed) {
		Policy policy = PolicyParser
			.parse("""
					{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"%s"}}"""
				.formatted(resource));
		assertThat(policy.decide("secretsmanager:GetSecretValue", DB))
			.isEqualTo(allowed ? Policy.Decision.ALLOWED : Policy.Decision.NOT_ALLOWED);
	}

	@ParameterizedTest
	@CsvSource({ "*, true", "secretsmanager:*, true", "secretsmanager:Get*, true",
			"SecretsManager:getsecretvalue, true", "secretsmanager:Describe*, false", "kms:*, false" })
	void decideMatchesActionsIgnoringCase(String action, boolean allowed) {
		Policy policy = PolicyParser.parse(
				"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":[\"*\"]}]}".formatted(action));
		assertThat(policy.decide("secretsmanager:GetSecretValue", DB))
			.isEqualTo(allowed ? Policy.Decision.ALLOWED : Policy.Decision.NOT_ALLOWED);
	}

	@Test
	void decideWhenDeniedAnywhereDenies() {
		Policy policy = PolicyParser.parse("""
				{"Statement":[
				{"Effect":"Deny","Action":"secretsmanager:*","Resource":"*:secret:prod/db-*"},
				{"Effect":"Allow","Action":"*","Resource":"*"}]}""");
		assertThat(policy.decide("secretsmanager:GetSecretValue", DB)).isEqualTo(Policy.Decision.DENIED);
		assertThat(policy.decide("secretsmanager:GetSecretValue", "arn:other")).isEqualTo(Policy.Decision.ALLOWED);
	}

	@Test
	void decideWhenInvertedIsAboutAllOthers() {
		Policy policy = PolicyParser
			.parse("""
					{"Statement":[{"Effect":"Allow","NotAction":"secretsmanager:Delete*","NotResource":"*:secret:prod/*"}]}""");
		assertThat(policy.decide("secretsmanager:GetSecretValue", DB)).isEqualTo(Policy.Decision.NOT_ALLOWED);
		assertThat(policy.decide("secretsmanager:GetSecretValue", "arn:other")).isEqualTo(Policy.Decision.ALLOWED);
		assertThat(policy.decide("secretsmanager:DeleteSecret", "arn:other")).isEqualTo(Policy.Decision.NOT_ALLOWED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{}", "{\"Statement\":[1]}",
			"{\"Statement\":{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}}",
			"{\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\"}}",
			"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotAction\":\"*\",\"Resource\":\"*\"}}",
			"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[1],\"Resource\":\"*\"}}" })
	void parseWhenMalformedThrows(String json) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PolicyParser.parse(json))
			.withMessageStartingWith("Malformed policy document. ");
	}

	@Test
	void decideWhenThereAreConditionsNeedsAllOfThem() {
		Policy policy = PolicyParser.parse("""
				{"Statement":{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*","Condition":{
				"StringEquals":{"kms:ViaService":["secretsmanager.eu-west-1.amazonaws.com","other"]},
				"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/app"}}}}""");
		Set<String> service = Set.of("secretsmanager.eu-west-1.amazonaws.com");
		assertThat(policy.decide("kms:Decrypt", "arn:key",
				Map.of("kms:viaservice", service, "kms:resourcealiases", Set.of("alias/app"))))
			.isEqualTo(Policy.Decision.ALLOWED);
		assertThat(policy.decide("kms:Decrypt", "arn:key",
				Map.of("kms:viaservice", service, "kms:resourcealiases", Set.of())))
			.isEqualTo(Policy.Decision.NOT_ALLOWED);
		assertThat(policy.decide("kms:Decrypt", "arn:key", Map.of("kms:resourcealiases", Set.of("alias/app"))))
			.isEqualTo(Policy.Decision.NOT_ALLOWED);
	}

	@Test
	void parseWhenElementCannotBeEnforcedThrows() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> PolicyParser.parse("""
				{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}"""))
			.withMessage("Malformed policy document. 'Principal' is not an element that can be enforced here.");
	}

	@ParameterizedTest
	@CsvSource({ "StringLike, kms:ViaService", "StringEquals, aws:SourceVpc",
			"ForAllValues:StringEquals, kms:ResourceAliases" })
	void parseWhenConditionCannotBeEnforcedThrows(String operator, String key) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> PolicyParser.parse("""
					{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"%s":{"%s":"x"}}}}"""
				.formatted(operator, key)))
			.withMessage("Malformed policy document. A condition '%s' with '%s' is not one that can be enforced here."
				.formatted(operator, key));
	}

}
