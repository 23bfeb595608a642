package io.github.awssecrets.retrieval;

import java.time.Instant;

import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

/**
 * Why a version of a secret could not be retrieved. Holds no text of AWS's answer other
 * than ARNs, action names and error codes, each checked for its form.
 *
 * @param cause the cause in a word
 * @param id the secret, as asked for
 * @param region the Region that was, or would have been, called; {@code null} if none is
 * known, or the secrets are in a file
 * @param action the IAM action that was denied or that failed, such as
 * {@code secretsmanager:GetSecretValue}, or {@code null} if nothing was called
 * @param principal the ARN of the caller, as AWS's own denial names it, or {@code null}
 * @param account the account of the caller, twelve digits, from the same text, or
 * {@code null}
 * @param deletionDate when a secret that is scheduled for deletion will be deleted, or
 * {@code null} if that could not be found out
 * @param httpStatus the HTTP status, or {@code null} without an answer
 * @param errorCode AWS's code of the error, such as {@code AccessDeniedException}, or
 * {@code null}
 * @param requestId AWS's id of the request, or {@code null}
 * @param attempts how often the secret was asked for, alone or in a batch; 0 if nothing
 * was called
 * @param detail a short text of our own for people, without a full stop, or {@code null};
 * where the secrets are in a file, it names the file
 */
public record RetrievalFailure(Cause cause, SecretId id, @Nullable String region, @Nullable String action,
		@Nullable String principal, @Nullable String account, @Nullable Instant deletionDate,
		@Nullable Integer httpStatus, @Nullable String errorCode, @Nullable String requestId, int attempts,
		@Nullable String detail) implements RetrievalOutcome {

	/**
	 * Return a failure without further data.
	 * @param cause the cause
	 * @param id the secret, as asked for
	 * @param region the Region, or {@code null} if none is known
	 * @return the failure
	 */
	public static RetrievalFailure of(Cause cause, SecretId id, @Nullable String region) {
		return new RetrievalFailure(cause, id, region, null, null, null, null, null, null, null, 0, null);
	}

	/**
	 * The cause of a failure in a word.
	 */
	public enum Cause {

		/**
		 * There is no such secret in the Region, or none that this caller may know of.
		 */
		NOT_FOUND,

		/** The secret exists, but not with this stage or version id. */
		VERSION_NOT_FOUND,

		/** A policy does not allow the {@link RetrievalFailure#action() action}. */
		ACCESS_DENIED,

		/** A policy does not allow the use of the secret's KMS key. */
		KMS_ACCESS_DENIED,

		/**
		 * AWS could not decrypt the secret: its KMS key is disabled, deleted or invalid.
		 */
		DECRYPTION_FAILED,

		/** The secret is scheduled for deletion, and can be restored. */
		SCHEDULED_FOR_DELETION,

		/** AWS answered that there were too many requests, until the deadline. */
		THROTTLED,

		/** No connection could be made. */
		UNREACHABLE,

		/** The connection broke before the answer was complete. */
		CONNECTION_LOST,

		/** There was no answer in time. */
		TIMED_OUT,

		/** AWS answered with an error of its own, HTTP status 5xx. */
		SERVER_ERROR,

		/** The answer could not be understood, or was not for what was asked. */
		MALFORMED_ANSWER,

		/** The answer held neither text nor bytes. */
		NO_VALUE,

		/** There are no credentials to sign requests with. */
		NO_CREDENTIALS,

		/** The configured profile does not exist. */
		NO_PROFILE,

		/** The credentials have expired. */
		EXPIRED_CREDENTIALS,

		/**
		 * AWS does not know the credentials, or the signature made with them is wrong.
		 */
		WRONG_CREDENTIALS,

		/** The clock of this machine differs too much from that of AWS. */
		CLOCK_SKEW,

		/** The file that the secrets are in cannot be read, or is malformed. */
		BAD_FILE,
		/** No Region is configured or can be found out. */
		NO_REGION,

		/** AWS refused the request as such. */
		INVALID_REQUEST,

		/** The client could not be created, or failed in a way that it should not. */
		CLIENT_FAILED,

		/**
		 * The retrieval was closed, or its caller interrupted, before there was an
		 * answer.
		 */
		CANCELLED

	}

}
