package io.github.awssecrets.embedded;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Enforces the policy, with the texts that AWS sends. Safe for use by several threads.
 */
final class AccessControl {

	/**
	 * Operations on the account as a whole. Only statements on {@code *} apply to them.
	 */
	private static final Set<String> ACCOUNT_LEVEL = Set.of("BatchGetSecretValue", "ListSecrets");

	private static final String PRINCIPAL = "arn:aws:sts::" + SecretArn.ACCOUNT + ":assumed-role/application/embedded";

	private volatile Policy policy = Policy.ALLOW_ALL;

	void setPolicy(Policy policy) {
		this.policy = policy;
	}

	/**
	 * Throws unless the caller may perform an operation.
	 * @param operation the operation
	 * @param secrets the secrets of the Region
	 * @param region the Region
	 * @param secretId the secret's id, if the operation is about one
	 */
	void check(String operation, RegionStore secrets, String region, @Nullable String secretId) {
		if (secretId == null || ACCOUNT_LEVEL.contains(operation)) {
			decide(operation, "*", null);
			return;
		}
		if (SecretArn.isForeignAccount(secretId)) {
			throw denied(operation, secretId, "no resource-based policy allows");
		}
		decide(operation, secrets.find(secretId).map(Secret::arn).orElseGet(() -> toArn(region, secretId)), secretId);
	}

	/**
	 * Throws unless the caller may decrypt with the key of a secret.
	 * @param secret the secret
	 * @param region the Region
	 */
	void checkKey(Secret secret, String region) {
		KmsKey key = KmsKey.of(secret.metadata().kmsKeyId(), secret.arn());
		if (key != null
				&& this.policy.decide("kms:Decrypt", key.arn(), key.context(region)) != Policy.Decision.ALLOWED) {
			throw ApiException.accessDenied("Access to KMS is not allowed");
		}
	}

	private static String toArn(String region, String secretId) {
		return SecretArn.isArn(secretId) ? secretId : SecretArn.of(region, secretId);
	}

	private void decide(String operation, String resource, @Nullable String secretId) {
		switch (this.policy.decide("secretsmanager:" + operation, resource)) {
			case DENIED -> throw explicitlyDenied(operation, secretId);
			case NOT_ALLOWED -> throw denied(operation, secretId);
			case ALLOWED -> {
			}
		}
	}

	// The denial of an operation that no policy allows.
	static ApiException denied(String operation, @Nullable String secretId) {
		return denied(operation, secretId, "no identity-based policy allows");
	}

	private static ApiException denied(String operation, @Nullable String secretId, String cause) {
		return ApiException.accessDenied("%s because %s the secretsmanager:%s action"
			.formatted(notAuthorized(operation, secretId), cause, operation));
	}

	private static ApiException explicitlyDenied(String operation, @Nullable String secretId) {
		return ApiException
			.accessDenied(notAuthorized(operation, secretId) + " with an explicit deny in an identity-based policy");
	}

	private static String notAuthorized(String operation, @Nullable String secretId) {
		String text = "User: " + PRINCIPAL + " is not authorized to perform: secretsmanager:" + operation;
		return (secretId != null) ? text + " on resource: " + secretId : text;
	}

}
