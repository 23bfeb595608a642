package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

/**
 * The operations of AWS Secrets Manager that a retrieval uses, in one Region. Each method
 * makes one call, one attempt, and fails when the timeout is over.
 */
interface SecretsManagerCalls {

	BatchAnswer batchGetSecretValue(List<SecretId> ids, @Nullable String nextToken, Duration timeout)
			throws CallFailedException;

	AnsweredSecret getSecretValue(SecretId id, @Nullable String stage, @Nullable String versionId, Duration timeout)
			throws CallFailedException;

	/**
	 * Return when a secret will be deleted.
	 * @param id the secret
	 * @param timeout the longest that the call may take
	 * @return the date, or {@code null} if it is not scheduled for deletion
	 */
	@Nullable Instant deletionDate(SecretId id, Duration timeout) throws CallFailedException;

	/**
	 * Return the KMS key of a secret.
	 * @param id the secret
	 * @param timeout the longest that the call may take
	 * @return the id or ARN of a key or an alias, or {@code null} if the key is that of
	 * AWS
	 */
	@Nullable String kmsKey(SecretId id, Duration timeout) throws CallFailedException;

}
