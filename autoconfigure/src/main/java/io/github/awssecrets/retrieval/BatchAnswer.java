package io.github.awssecrets.retrieval;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one BatchGetSecretValue call.
 *
 * @param secrets the secrets that were found
 * @param errors the secrets that failed
 * @param nextToken the token that asks for more, or {@code null} if this is all
 */
record BatchAnswer(List<AnsweredSecret> secrets, List<SecretError> errors, @Nullable String nextToken) {

	/**
	 * The failure of one secret of a batch.
	 *
	 * @param secretId the id in the answer, usually as it was asked for
	 * @param failure the failure
	 */
	record SecretError(@Nullable String secretId, CallFailure failure) {

	}

}
