package io.github.awssecrets.embedded;

import java.time.Instant;

/**
 * One call on its way through the server.
 *
 * @param operation the operation's name
 * @param region the Region it was signed for
 * @param parameters its parameters
 * @param secrets the secrets of that Region
 * @param now when it is carried out
 * @param access decides what the caller may do
 * @param faults what goes wrong
 * @param rotations what rotates secrets
 */
record ApiCall(String operation, String region, Parameters parameters, RegionStore secrets, Instant now,
		AccessControl access, Faults faults, Rotations rotations) {

	/**
	 * Throws unless the caller may perform an operation on a secret.
	 */
	void checkAccess(String performed, String secretId) {
		this.access.check(performed, this.secrets, this.region, secretId);
	}

	/**
	 * Throws unless the caller may perform an operation on the account.
	 */
	void checkAccess(String performed) {
		this.access.check(performed, this.secrets, this.region, null);
	}

	/**
	 * Throws unless the caller may decrypt a secret.
	 */
	void checkKey(Secret secret) {
		this.access.checkKey(secret, this.region);
	}

	/**
	 * Whether two ids stand for the same secret, or are the same.
	 */
	boolean isSameSecret(String id, String other) {
		return id.equals(other) || this.secrets.find(id)
			.flatMap((secret) -> this.secrets.find(other).map((found) -> found.arn().equals(secret.arn())))
			.orElse(false);
	}

	/**
	 * Whether the call names the secret that an id stands for.
	 */
	boolean names(String id) {
		return this.parameters.secretIds().stream().anyMatch((named) -> isSameSecret(named, id));
	}

}
