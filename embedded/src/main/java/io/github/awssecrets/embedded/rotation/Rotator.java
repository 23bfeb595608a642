package io.github.awssecrets.embedded.rotation;

/**
 * What a rotation function on AWS Lambda does, in this JVM. The server calls the steps
 * one after the other, each after the one before it succeeded, on a thread of its own;
 * rotations of different secrets run at the same time.
 * <p>
 * A step that throws ends the rotation and leaves {@code AWSPENDING} where it is. When
 * the rotation is tried again, all steps are called again for the same version: each has
 * to leave alone what it finds done. The server logs the message of a
 * {@link RotationException} only, of another exception just its class, because its
 * message might hold a value.
 */
public interface Rotator {

	/**
	 * Makes the new value and {@linkplain RotatingSecret#putPending puts} it, unless the
	 * version already {@linkplain RotatingSecret#pending() has one}.
	 * @param secret the secret
	 * @throws Exception if it fails
	 */
	void createSecret(RotatingSecret secret) throws Exception;

	/**
	 * Makes the service that the secret is for accept the new value, unless it already
	 * does.
	 * @param secret the secret
	 * @throws Exception if it fails
	 */
	void setSecret(RotatingSecret secret) throws Exception;

	/**
	 * Uses the new value as a client would. Called alone, with a copy of the current
	 * value, when RotateSecret is told not to rotate immediately.
	 * @param secret the secret
	 * @throws Exception if it fails
	 */
	void testSecret(RotatingSecret secret) throws Exception;

	/**
	 * Makes the new version the current one.
	 * @param secret the secret
	 * @throws Exception if it fails
	 */
	default void finishSecret(RotatingSecret secret) throws Exception {
		secret.moveStage("AWSCURRENT");
	}

}
