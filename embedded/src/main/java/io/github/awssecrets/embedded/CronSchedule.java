package io.github.awssecrets.embedded;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A schedule of hours, days and months:
 * {@code cron(0 Hours Day-of-month Month Day-of-week *)}.
 *
 * @param hours the hours at which windows open
 * @param months the months, 1 to 12
 * @param dates the days of those months
 */
record CronSchedule(NavigableSet<Integer> hours, NavigableSet<Integer> months,
		Predicate<LocalDate> dates) implements RotationSchedule {

	private static final List<String> MONTHS = List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP",
			"OCT", "NOV", "DEC");

	private static final int HOURS_OF_DAY = 24;

	/**
	 * As far apart as two 29ths of February can be, and a day.
	 */
	private static final int LONGEST_SEARCH = 8 * 366;

	static CronSchedule parse(String expression) {
		String[] fields = expression.substring("cron(".length(), expression.length() - 1).trim().split(" +", -1);
		if (fields.length != 6) {
			throw RotationSchedule.invalid(expression,
					"cron needs the six fields Minutes Hours Day-of-month Month Day-of-week Year");
		}
		try {
			return parse(fields);
		}
		catch (IllegalArgumentException ex) {
			throw RotationSchedule.invalid(expression, String.valueOf(ex.getMessage()));
		}
	}

	private static CronSchedule parse(String[] fields) {
		require(fields[0].equals("0"), "Minutes must be 0");
		require(fields[5].equals("*"), "Year must be *");
		NavigableSet<Integer> hours = new CronField("Hours", 0, 23, List.of()).parse(fields[1]);
		NavigableSet<Integer> months = new CronField("Month", 1, 12, MONTHS).parse(fields[3]);
		CronSchedule schedule = new CronSchedule(hours, months, CronDays.parse(fields[2], fields[4]));
		require(hours.size() == 1 || schedule.leastGap() >= LEAST_HOURS,
				"a secret can be rotated every 4 hours at most");
		require(schedule.search(Instant.EPOCH) != null, "there is no such day");
		return schedule;
	}

	private static void require(boolean condition, String otherwise) {
		if (!condition) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	private int leastGap() {
		int least = HOURS_OF_DAY;
		for (int hour : this.hours) {
			Integer next = this.hours.higher(hour);
			least = (next != null) ? Math.min(least, next - hour) : least;
		}
		return least;
	}

	@Override
	public Instant next(Instant after) {
		Instant next = search(after);
		if (next == null) {
			throw new IllegalStateException("No day matches the schedule");
		}
		return next;
	}

	private @Nullable Instant search(Instant after) {
		LocalDate day = after.atZone(ZoneOffset.UTC).toLocalDate();
		for (int i = 0; i < LONGEST_SEARCH; i++, day = day.plusDays(1)) {
			if (this.months.contains(day.getMonthValue()) && this.dates.test(day)) {
				for (int hour : this.hours) {
					Instant start = day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
					if (start.isAfter(after)) {
						return start;
					}
				}
			}
		}
		return null;
	}

	@Override
	public boolean isInHours() {
		return this.hours.size() > 1;
	}

	@Override
	public int longestWindow() {
		return Math.min(leastGap(), HOURS_OF_DAY - this.hours.last());
	}

	@Override
	public @Nullable Long days() {
		return null;
	}

}
