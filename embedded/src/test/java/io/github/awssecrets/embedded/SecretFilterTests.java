package io.github.awssecrets.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretFilter}.
 */
class SecretFilterTests {

	private static final Secret SECRET = Secret.create("arn", "prod/orders-db",
			new Secret.Metadata("Database of the Orders service", null, Map.of("team", "Payments")), Instant.EPOCH);

	@ParameterizedTest
	@CsvSource({ "name, prod/, true", "name, Prod/, false", "name, orders, false", "name, !prod, false",
			"name, !test, true", "description, database of, true", "description, Orders, false", "tag-key, te, true",
			"tag-key, Team, false", "tag-value, Pay, true", "tag-value, pay, false", "all, orders, true",
			"all, PAYMENTS, true", "all, order serv, true", "all, rders, false", "all, !nothing, true",
			"owning-service, rds, false", "primary-region, eu-west-1, false" })
	void matchesByKeyAndValue(String key, String value, boolean expected) {
		SecretFilter filter = new SecretFilter(SecretFilter.Key.of(key), List.of(value));
		assertThat(filter.matches(SECRET)).isEqualTo(expected);
	}

	@Test
	void matchesWhenOneOfSeveralValuesDoes() {
		SecretFilter filter = new SecretFilter(SecretFilter.Key.NAME, List.of("test/", "prod/"));
		assertThat(filter.matches(SECRET)).isTrue();
	}

	@Test
	void allMatchWhenOneFilterDoesNotIsFalse() {
		SecretFilter matching = new SecretFilter(SecretFilter.Key.NAME, List.of("prod/"));
		SecretFilter other = new SecretFilter(SecretFilter.Key.TAG_KEY, List.of("cost"));
		assertThat(SecretFilter.allMatch(List.of(matching), SECRET)).isTrue();
		assertThat(SecretFilter.allMatch(List.of(matching, other), SECRET)).isFalse();
	}

	@Test
	void keyWhenUnknownRefuses() {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> SecretFilter.Key.of("colour"))
			.withMessageContaining("Value 'colour' at 'filters.1.member.key'")
			.withMessageContaining("[name, description, tag-key, tag-value, primary-region, owning-service, all]");
	}

}
