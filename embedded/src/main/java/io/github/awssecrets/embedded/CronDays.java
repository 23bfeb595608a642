package io.github.awssecrets.embedded;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;

/**
 * The two fields of a {@code cron()} expression that say which days, of which one is
 * {@code ?}: days of the month, {@code L} for the last of them; or days of the week from
 * {@code 1} or {@code SUN}, {@code 2#1} for the first Monday of the month and {@code 2L}
 * for the last.
 */
final class CronDays {

	private static final CronField OF_MONTH = new CronField("Day-of-month", 1, 31, List.of());

	private static final CronField OF_WEEK = new CronField("Day-of-week", 1, 7,
			List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

	private static final int WEEKS = 5;

	private CronDays() {
	}

	// Reads the fields. Throws IllegalArgumentException if they are not in order.
	static Predicate<LocalDate> parse(String ofMonth, String ofWeek) {
		if (ofMonth.equals("?") == ofWeek.equals("?")) {
			throw new IllegalArgumentException("one of Day-of-month and Day-of-week must be ?");
		}
		return ofWeek.equals("?") ? ofMonth(ofMonth) : ofWeek(ofWeek);
	}

	private static Predicate<LocalDate> ofMonth(String field) {
		if (field.equals("L")) {
			return (date) -> date.getDayOfMonth() == date.lengthOfMonth();
		}
		NavigableSet<Integer> days = OF_MONTH.parse(field);
		return (date) -> days.contains(date.getDayOfMonth());
	}

	private static Predicate<LocalDate> ofWeek(String field) {
		if (field.contains("#")) {
			String[] parts = field.split("#", -1);
			DayOfWeek day = day(OF_WEEK.number(parts[0]));
			int week = new CronField("Day-of-week", 1, WEEKS, List.of()).number(parts[parts.length - 1]);
			return (date) -> date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 + 1 == week;
		}
		if (field.length() > 1 && field.endsWith("L")) {
			DayOfWeek day = day(OF_WEEK.number(field.substring(0, field.length() - 1)));
			return (date) -> date.equals(date.with(TemporalAdjusters.lastInMonth(day)));
		}
		NavigableSet<Integer> days = OF_WEEK.parse(field.equals("L") ? "SAT" : field);
		return (date) -> days.contains(date.getDayOfWeek().getValue() % 7 + 1);
	}

	private static DayOfWeek day(int number) {
		return DayOfWeek.SUNDAY.plus(number - 1);
	}

}
