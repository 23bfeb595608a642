package io.github.awssecrets.embedded;

import java.time.Instant;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How a secret is rotated. Nothing happens on a schedule here: it is kept and told only.
 *
 * @param enabled whether it is rotated; {@code false} once that was cancelled
 * @param lambdaArn the ARN of the rotator
 * @param rules the schedule, if there is one
 * @param since when this was configured
 * @param lastRotated when a rotation last ended well
 */
record RotationSettings(boolean enabled, String lambdaArn, @Nullable RotationRules rules, Instant since,
		@Nullable Instant lastRotated) {

	RotationSettings disabled() {
		return new RotationSettings(false, this.lambdaArn, this.rules, this.since, this.lastRotated);
	}

	RotationSettings rotated(Instant now) {
		return new RotationSettings(this.enabled, this.lambdaArn, this.rules, this.since, now);
	}

	// DescribeSecret tells no dates once rotation is off.
	@Nullable Instant lastRotatedIfEnabled() {
		return this.enabled ? this.lastRotated : null;
	}

	/**
	 * The end of the next rotation window. A value that was put by hand counts as a
	 * rotation.
	 */
	@Nullable Instant next(SecretVersions versions) {
		if (!this.enabled || this.rules == null) {
			return null;
		}
		Instant changed = versions.withStage(SecretVersions.CURRENT).map(SecretVersion::created).orElse(this.since);
		Instant last = Stream.of(this.since, changed).max(Instant::compareTo).orElseThrow();
		return this.rules
			.endOfNextWindow((this.lastRotated != null && this.lastRotated.isAfter(last)) ? this.lastRotated : last);
	}

}
