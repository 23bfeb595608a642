package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginFailures} and {@link DatabaseErrors}.
 */
class LoginFailuresTests {

	@ParameterizedTest
	@CsvSource({
	// @formatter:off
		"jdbc:postgresql://db/a,             28P01, 0,     REFUSED",
		"jdbc:postgresql://db/a,             28000, 0,     REFUSED",
		"jdbc:postgresql://db/a,             08001, 0,     ",
		"jdbc:postgresql://db/a,             53300, 0,     ",
		"jdbc:postgresql://db/a,             57P03, 28000, ",
		"jdbc:aws-wrapper:postgresql://db/a, 28P01, 0,     REFUSED",
		"jdbc:mysql://db/a,                  28000, 1045,  REFUSED",
		"jdbc:mysql://db/a,                  HY000, 3118,  LOCKED",
		"jdbc:mysql://db/a,                  HY000, 3955,  LOCKED",
		"jdbc:mysql://db/a,                  HY000, 1862,  LOCKED",
		"jdbc:mysql://db/a,                  08S01, 0,     ",
		"jdbc:mariadb://db/a,                28000, 1045,  REFUSED",
		"jdbc:mariadb://db/a,                HY000, 4151,  LOCKED",
		"jdbc:oracle:thin:@//db:1521/a,      72000, 1017,  REFUSED",
		"jdbc:oracle:thin:@//db:1521/a,      99999, 28000, LOCKED",
		"jdbc:oracle:thin:@//db:1521/a,      99999, 28001, LOCKED",
		"jdbc:oracle:thin:@//db:1521/a,      28000, 12541, ",
		"jdbc:sqlserver://db;a=b,            S0001, 18456, REFUSED",
		"jdbc:sqlserver://db;a=b,            S0001, 18486, LOCKED",
		"jdbc:sqlserver://db;a=b,            S0001, 4060,  ",
		"jdbc:db2://db:50000/a,              28000, -4214, REFUSED",
		"jdbc:h2:mem:a,                      28000, 28000, REFUSED",
		"jdbc:unknown:a,                     28000, 0,     REFUSED",
		"jdbc:unknown:a,                     HY000, 28000, ",
		"none,                               28000, 0,     REFUSED" })
	// @formatter:on
	void classifyWhenDatabaseAnswersKnowsItsErrors(String url, String state, int code,
			@Nullable LoginFailure expected) {
		assertThat(LoginFailures.of(url, List.of()).classify(new SQLException("no", state, code))).isEqualTo(expected);
	}

	@Test
	void classifyWhenErrorIsWrappedLooksAtCauses() {
		SQLException wrapped = new SQLException("pool", "08001", new SQLException("no", "28P01"));
		assertThat(LoginFailures.of("jdbc:postgresql://db/a", List.of()).classify(wrapped))
			.isEqualTo(LoginFailure.REFUSED);
	}

	@Test
	void classifyWhenApplicationKnowsBetterAsksItFirst() {
		LoginFailureClassifier classifier = (database, failure) -> (failure.getErrorCode() == 4711)
				? LoginFailure.LOCKED : null;
		LoginFailures failures = LoginFailures.of("jdbc:postgresql://db/a", List.of(classifier));
		assertThat(failures.classify(new SQLException("no", "28P01", 4711))).isEqualTo(LoginFailure.LOCKED);
		assertThat(failures.classify(new SQLException("no", "28P01", 0))).isEqualTo(LoginFailure.REFUSED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "jdbc:postgresql://db/orders | false",
			"jdbc:postgresql://db:5432/a?ssl=true | false", "jdbc:postgresql://db/orders?user=app | true",
			"jdbc:postgresql://db/orders?ssl=true&password=x | true", "jdbc:mysql://app:x@db:3306/orders | true",
			"jdbc:mysql://db:3306/orders?useSSL=true | false", "jdbc:sqlserver://db:1433;databaseName=orders | false",
			"jdbc:sqlserver://db;user=app;password=x | true", "jdbc:oracle:thin:@//db:1521/orders | false",
			"jdbc:oracle:thin:app/x@//db:1521/orders | true",
			"jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=db))) | false", "jdbc:h2:mem:orders;USER=app | true",
			"jdbc:db2://db:50000/orders:user=app;password=x; | true" })
	void credentialsWhenInUrlAreFound(String url, boolean expected) {
		assertThat(UrlCredentials.isIn(url)).isEqualTo(expected);
	}

}
