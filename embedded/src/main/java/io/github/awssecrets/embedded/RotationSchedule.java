package io.github.awssecrets.embedded;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Tells when rotation windows open, always at a full hour in UTC.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html">Rotation
 * schedules</a>
 */
interface RotationSchedule {

	/**
	 * The least number of hours between two rotations.
	 */
	int LEAST_HOURS = 4;

	// The first window that opens after a time.
	Instant next(Instant after);

	// Whether it may rotate more often than once a day.
	boolean isInHours();

	// How many hours a window may last, without meeting the next day or window.
	int longestWindow();

	// The number of days between rotations, where it is always the same.
	@Nullable Long days();

	static RotationSchedule parse(String expression) {
		if (expression.startsWith("rate(") && expression.endsWith(")")) {
			return RateSchedule.parse(expression);
		}
		if (expression.startsWith("cron(") && expression.endsWith(")")) {
			return CronSchedule.parse(expression);
		}
		throw invalid(expression, "it is neither rate(...) nor cron(...)");
	}

	static ApiException invalid(String expression, String reason) {
		return ApiException.invalidParameter("Invalid ScheduleExpression %s: %s.".formatted(expression, reason));
	}

}
