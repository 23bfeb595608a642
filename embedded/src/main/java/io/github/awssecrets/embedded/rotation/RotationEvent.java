package io.github.awssecrets.embedded.rotation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that a rotation did. It holds ids, never a value.
 *
 * @param region the Region of the secret
 * @param arn the secret's complete ARN
 * @param name the secret's name
 * @param versionId the id of the version that the rotation creates
 * @param step the step
 * @param phase what became of the step
 * @param time when
 * @param failure what the step threw, if it failed
 */
public record RotationEvent(String region, String arn, String name, String versionId, RotationStep step, Phase phase,
		Instant time, @Nullable Exception failure) {

	/**
	 * Whether the rotation succeeded with this.
	 * @return {@code true} for the end of the last step
	 */
	public boolean isRotated() {
		return this.step == RotationStep.FINISH_SECRET && this.phase == Phase.COMPLETED;
	}

	/**
	 * What became of a step.
	 */
	public enum Phase {

		/**
		 * It begins.
		 */
		STARTED,

		/**
		 * It succeeded.
		 */
		COMPLETED,

		/**
		 * It failed, or the rotation was cancelled before or during it; the rotation has
		 * ended.
		 */
		FAILED

	}

}
