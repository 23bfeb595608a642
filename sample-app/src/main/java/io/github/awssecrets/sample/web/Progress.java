package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.sample.load.Counts;
import org.jspecify.annotations.Nullable;

/**
 * How far a rotation of the database's secret has come.
 *
 * @param versionId the version that it creates
 * @param completed when each step was done
 * @param before the queries until the database had the new password
 * @param gap the queries from then until {@code AWSCURRENT} moved, or {@code null} before
 * that
 * @param applied when the application used the version, or {@code null}
 * @param failure which step failed and why, or {@code null}
 */
record Progress(String versionId, Map<RotationStep, Instant> completed, Counts before, @Nullable Counts gap,
		@Nullable Instant applied, @Nullable String failure) {

	Progress {
		completed = Map.copyOf(completed);
	}

	static Progress begin(String versionId) {
		return new Progress(versionId, Map.of(), Counts.NONE, null, null, null);
	}

	Progress complete(RotationStep step, Instant time, Counts counts) {
		Map<RotationStep, Instant> more = new EnumMap<>(RotationStep.class);
		more.putAll(this.completed);
		more.put(step, time);
		return switch (step) {
			case SET_SECRET -> new Progress(this.versionId, more, counts, null, null, null);
			case FINISH_SECRET ->
				new Progress(this.versionId, more, this.before, counts.since(this.before), null, null);
			case CREATE_SECRET, TEST_SECRET -> new Progress(this.versionId, more, this.before, null, null, null);
		};
	}

	Progress fail(String reason) {
		return new Progress(this.versionId, this.completed, this.before, this.gap, this.applied, reason);
	}

	Progress apply(Instant time) {
		return new Progress(this.versionId, this.completed, this.before, this.gap, time, this.failure);
	}

	@Nullable Instant at(RotationStep step) {
		return this.completed.get(step);
	}

	boolean isUnderWay() {
		return this.failure == null && !this.completed.containsKey(RotationStep.FINISH_SECRET);
	}

}
