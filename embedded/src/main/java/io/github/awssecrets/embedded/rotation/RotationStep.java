package io.github.awssecrets.embedded.rotation;

/**
 * One of the four steps of a rotation, in their order.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Lambda
 * rotation functions</a>
 */
public enum RotationStep {

	/**
	 * Makes the new value and puts it as {@code AWSPENDING}.
	 */
	CREATE_SECRET("createSecret"),

	/**
	 * Makes the service that the secret is for accept the new value.
	 */
	SET_SECRET("setSecret"),

	/**
	 * Uses the new value as a client would.
	 */
	TEST_SECRET("testSecret"),

	/**
	 * Moves {@code AWSCURRENT} to the new version.
	 */
	FINISH_SECRET("finishSecret");

	private final String label;

	RotationStep(String label) {
		this.label = label;
	}

	/**
	 * The name by which a rotation function on AWS Lambda is told the step.
	 * @return the name, such as {@code createSecret}
	 */
	public String label() {
		return this.label;
	}

}
