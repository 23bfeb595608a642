package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A schedule that repeats after a number of days or hours, counted from midnight.
 *
 * @param count how many of them
 * @param unit days or hours
 */
record RateSchedule(long count, ChronoUnit unit) implements RotationSchedule {

	private static final Pattern FORMAT = Pattern.compile("rate\\((\\d{1,6}) (hours?|days?)\\)");

	private static final int HOURS_OF_DAY = 24;

	private static final int MOST_DAYS = 1000;

	static RateSchedule days(long count) {
		return new RateSchedule(count, ChronoUnit.DAYS);
	}

	static RateSchedule parse(String expression) {
		Matcher matcher = FORMAT.matcher(expression);
		if (!matcher.matches()) {
			throw RotationSchedule.invalid(expression,
					"a rate is a number and hour, hours, day or days, such as rate(10 days)");
		}
		long count = Long.parseLong(matcher.group(1));
		ChronoUnit unit = matcher.group(2).startsWith("hour") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
		Duration duration = Duration.of(count, unit);
		if (duration.toHours() < LEAST_HOURS || duration.toDays() > MOST_DAYS) {
			throw RotationSchedule.invalid(expression, "a rate is from 4 hours to 1000 days");
		}
		return new RateSchedule(count, unit);
	}

	@Override
	public Instant next(Instant after) {
		Instant midnight = after.truncatedTo(ChronoUnit.DAYS);
		if (this.unit == ChronoUnit.DAYS) {
			return midnight.plus(this.count, ChronoUnit.DAYS);
		}
		long passed = Duration.between(midnight, after).toHours() / this.count;
		return midnight.plus(Duration.ofHours((passed + 1) * this.count));
	}

	@Override
	public boolean isInHours() {
		return this.unit == ChronoUnit.HOURS;
	}

	@Override
	public int longestWindow() {
		return isInHours() ? Math.toIntExact(Math.min(this.count, HOURS_OF_DAY)) : HOURS_OF_DAY;
	}

	@Override
	public @Nullable Long days() {
		return isInHours() ? null : Long.valueOf(this.count);
	}

}
