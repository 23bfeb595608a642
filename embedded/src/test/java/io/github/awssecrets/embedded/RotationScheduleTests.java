package io.github.awssecrets.embedded;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RotationSchedule}. The 22nd of November 2026 is a Sunday.
 */
class RotationScheduleTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:30:00Z");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rate(4 hours)                       | 2026-11-22T16:00
			rate(5 hours)                       | 2026-11-22T15:00
			rate(24 hours)                      | 2026-11-23T00:00
			rate(1 day)                         | 2026-11-23T00:00
			rate(10 days)                       | 2026-12-02T00:00
			cron(0 8 * * ? *)                   | 2026-11-23T08:00
			cron(0 */8 * * ? *)                 | 2026-11-22T16:00
			cron(0 8/8 * * ? *)                 | 2026-11-22T16:00
			cron(0 2/10 * * ? *)                | 2026-11-22T22:00
			cron(0 12 * * ? *)                  | 2026-11-23T12:00
			cron(0 13 * * ? *)                  | 2026-11-22T13:00
			cron(0 8 1/7 * ? *)                 | 2026-11-29T08:00
			cron(0 16 L * ? *)                  | 2026-11-30T16:00
			cron(0 10 ? * SUN *)                | 2026-11-29T10:00
			cron(0 10 ? * 2-6 *)                | 2026-11-23T10:00
			cron(0 0 ? * SUN#1 *)               | 2026-12-06T00:00
			cron(0 0 ? * 7L *)                  | 2026-11-28T00:00
			cron(0 0 ? * L *)                   | 2026-11-28T00:00
			cron(0 10 ? FEB,MAY,AUG,NOV TUE#2 *)| 2027-02-09T10:00
			cron(0 0 29 2 ? *)                  | 2028-02-29T00:00
			cron(0 1 1 1,4,7,10 ? *)            | 2027-01-01T01:00
			cron(0 0 ? JAN-MAR MON *)           | 2027-01-04T00:00
			""")
	void nextIsTheFirstWindowAfterwards(String expression, LocalDateTime expected) {
		assertThat(RotationSchedule.parse(expression).next(NOW)).isEqualTo(expected.toInstant(ZoneOffset.UTC));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			every day              | it is neither rate(...) nor cron(...)
			rate(3 hours)          | a rate is from 4 hours to 1000 days
			rate(0 days)           | a rate is from 4 hours to 1000 days
			rate(1001 days)        | a rate is from 4 hours to 1000 days
			rate(5 minutes)        | a rate is a number and hour, hours, day or days, such as rate(10 days)
			cron(0 8 * * ?)        | cron needs the six fields Minutes Hours Day-of-month Month Day-of-week Year
			cron(5 8 * * ? *)      | Minutes must be 0
			cron(0 8 * * ? 2027)   | Year must be *
			cron(0 24 * * ? *)     | Hours can't be '24', which is not in 0-23
			cron(0 */3 * * ? *)    | a secret can be rotated every 4 hours at most
			cron(0 */0 * * ? *)    | Hours can't have the step '0'
			cron(0 9-8 * * ? *)    | Hours can't be '9-8'
			cron(0 1/2/3 * * ? *)  | Hours can't be '1/2/3'
			cron(0 8 32 * ? *)     | Day-of-month can't be '32', which is not in 1-31
			cron(0 8 ? MAI MON *)  | Month can't be 'MAI', which is not in 1-12
			cron(0 8 * * * *)      | one of Day-of-month and Day-of-week must be ?
			cron(0 8 ? * ? *)      | one of Day-of-month and Day-of-week must be ?
			cron(0 8 ? * MON#6 *)  | Day-of-week can't be '6', which is not in 1-5
			cron(0 8 ? * MO *)     | Day-of-week can't be 'MO', which is not in 1-7
			cron(0 8 30 2 ? *)     | there is no such day
			""")
	void parseWhenNotInOrderSaysWhy(String expression, String reason) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> RotationSchedule.parse(expression))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("InvalidParameterException"))
			.satisfies((ex) -> assertThat(ex.text())
				.isEqualTo("Invalid ScheduleExpression %s: %s.".formatted(expression, reason)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rate(6 hours)       | 6
			rate(2 days)        | 24
			cron(0 8 * * ? *)   | 16
			cron(0 */6 * * ? *) | 6
			cron(0 0,20 * * ? *)| 4
			""")
	void longestWindowMeetsNeitherTheNextDayNorTheNextWindow(String expression, int hours) {
		assertThat(RotationSchedule.parse(expression).longestWindow()).isEqualTo(hours);
	}

	@Test
	void daysIsKnownForRatesInDaysOnly() {
		assertThat(RotationSchedule.parse("rate(10 days)").days()).isEqualTo(10);
		assertThat(RotationSchedule.parse("rate(4 hours)").days()).isNull();
		assertThat(RotationSchedule.parse("cron(0 8 * * ? *)").days()).isNull();
	}

}
