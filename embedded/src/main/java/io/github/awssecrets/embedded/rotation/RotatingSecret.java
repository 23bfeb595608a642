package io.github.awssecrets.embedded.rotation;

import java.util.Optional;

/**
 * A secret during its rotation, as the steps see it. What a step does here is no call: it
 * isn't counted, and neither faults nor policies apply. Every method throws
 * {@link RotationException} once the rotation was cancelled, {@code AWSPENDING} was taken
 * away from its version, or the secret was deleted.
 */
public interface RotatingSecret {

	/**
	 * The Region that the secret is in.
	 * @return its name, such as {@code eu-west-1}
	 */
	String region();

	/**
	 * The secret's complete ARN.
	 * @return the ARN
	 */
	String arn();

	/**
	 * The secret's name.
	 * @return the name
	 */
	String name();

	/**
	 * The id of the version that the rotation creates.
	 * @return the version id, which is the ClientRequestToken of RotateSecret
	 */
	String versionId();

	/**
	 * The text of the version that has a stage.
	 * @param stage the stage, such as {@code AWSCURRENT}
	 * @return the text; empty if no version has the stage, or that has no value yet
	 * @throws RotationException if the value is binary
	 */
	Optional<String> value(String stage);

	/**
	 * The new value.
	 * @return the text; empty before {@link #putPending}
	 */
	default Optional<String> pending() {
		return value("AWSPENDING");
	}

	/**
	 * Gives the version of this rotation its value.
	 * @param value the text, at most 65,536 bytes
	 * @throws RotationException if the version has another value already
	 */
	void putPending(String value);

	/**
	 * Attaches a stage to the version of this rotation, from wherever it is attached now.
	 * @param stage the stage, such as {@code AWSCURRENT}
	 */
	void moveStage(String stage);

	/**
	 * The current text of another secret in the Region, such as that of a superuser.
	 * @param secretId the other secret's name or ARN
	 * @return its text
	 * @throws RotationException if there is none
	 */
	String otherSecret(String secretId);

	/**
	 * A new password of 32 characters, of all types that GetRandomPassword knows.
	 * @param excludedCharacters the characters that it may not have
	 * @return the password
	 */
	String randomPassword(String excludedCharacters);

}
