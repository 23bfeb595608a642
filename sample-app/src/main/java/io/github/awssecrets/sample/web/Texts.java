package io.github.awssecrets.sample.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.github.awssecrets.sample.load.Counts;

/**
 * How the page writes times and numbers.
 */
final class Texts {

	private Texts() {
	}

	static String time(Instant time) {
		return DateTimeFormatter.ISO_LOCAL_TIME
			.format(time.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
	}

	/**
	 * Return the first part of a version id, as the log does.
	 */
	static String version(String versionId) {
		return (versionId.length() > 8) ? versionId.substring(0, 8) : versionId;
	}

	static String age(Duration age) {
		long seconds = age.toSeconds();
		if (seconds < 120) {
			return seconds + " s";
		}
		return (seconds < 7200) ? age.toMinutes() + " min" : age.toHours() + " h";
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	static String counts(Counts counts) {
		return "%d queries served, %d failed, %d new connections".formatted(counts.served(), counts.failed(),
				counts.logins());
	}

}
