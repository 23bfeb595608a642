package io.github.awssecrets.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schedule of a secret's rotation, as it was given, and what it means.
 *
 * @param automaticallyAfterDays the days between rotations, 1 to 1,000
 * @param scheduleExpression a {@code rate()} or {@code cron()} expression
 * @param duration the length of the rotation window, such as {@code 3h}
 * @param schedule when rotation windows open
 * @param window the length of the window in hours, if it was given
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html">RotationRulesType</a>
 */
record RotationRules(@Nullable Long automaticallyAfterDays, @Nullable String scheduleExpression,
		@Nullable String duration, RotationSchedule schedule, @Nullable Integer window) {

	private static final Set<String> MEMBERS = Set.of("AutomaticallyAfterDays", "Duration", "ScheduleExpression");

	private static final String DURATION = "[0-9]+h";

	private static final String EXPRESSION = "[0-9A-Za-z()#?*\\-/, ]+";

	// Reads rules. Returns null if none are given.
	static @Nullable RotationRules of(Parameters parameters) {
		parameters.refuseOthersThan("RotationRules", MEMBERS);
		Long days = parameters.has("AutomaticallyAfterDays")
				? Long.valueOf(parameters.number("AutomaticallyAfterDays", 1, 1000, 1)) : null;
		String expression = parameters.matching("ScheduleExpression", 1, 256, EXPRESSION);
		String duration = parameters.matching("Duration", 2, 3, DURATION);
		if (days != null && expression != null) {
			throw ApiException
				.invalidParameter("You cannot specify both rotation frequency and schedule expression together.");
		}
		RotationSchedule schedule = schedule(days, expression);
		if (schedule == null) {
			if (duration != null) {
				throw ApiException.invalidParameter("Duration needs AutomaticallyAfterDays or ScheduleExpression, which"
						+ " say when the rotation window opens.");
			}
			return null;
		}
		return new RotationRules(days, expression, duration, schedule, window(duration, schedule));
	}

	private static @Nullable RotationSchedule schedule(@Nullable Long days, @Nullable String expression) {
		if (days != null) {
			return RateSchedule.days(days);
		}
		return (expression != null) ? RotationSchedule.parse(expression) : null;
	}

	private static @Nullable Integer window(@Nullable String duration, RotationSchedule schedule) {
		if (duration == null) {
			return null;
		}
		int hours = Integer.parseInt(duration.substring(0, duration.length() - 1));
		if (hours < 1 || hours > schedule.longestWindow()) {
			throw ApiException.invalidParameter(
					"The rotation window of %s must not extend into the next UTC day or into the next rotation"
						.formatted(duration) + " window: Duration may be 1h to " + schedule.longestWindow() + "h.");
		}
		return hours;
	}

	// Without a duration, a window lasts for an hour, or to the end of the day.
	Instant endOfNextWindow(Instant last) {
		Instant start = this.schedule.next(last);
		if (this.window == null && !this.schedule.isInHours()) {
			return start.atZone(ZoneOffset.UTC)
				.toLocalDate()
				.plusDays(1)
				.atStartOfDay(ZoneOffset.UTC)
				.toInstant()
				.minusSeconds(1);
		}
		return start.plus(Duration.ofHours((this.window != null) ? this.window : 1)).minusSeconds(1);
	}

	void addTo(ObjectNode node) {
		Long days = (this.automaticallyAfterDays != null) ? this.automaticallyAfterDays : this.schedule.days();
		if (days != null) {
			node.put("AutomaticallyAfterDays", days);
		}
		if (this.duration != null) {
			node.put("Duration", this.duration);
		}
		if (this.scheduleExpression != null) {
			node.put("ScheduleExpression", this.scheduleExpression);
		}
	}

}
