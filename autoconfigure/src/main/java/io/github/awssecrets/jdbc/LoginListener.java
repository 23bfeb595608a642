package io.github.awssecrets.jdbc;

import java.util.List;

import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of the logins that a database refused.
 */
interface LoginListener {

	/**
	 * Called when the database took other credentials than those of the snapshot.
	 * @param version what it took
	 * @param refused what it refused before, or {@code null} if that was an earlier login
	 */
	void taken(CredentialVersion version, @Nullable CredentialVersion refused);

	/**
	 * Called when the database took none of the credentials there are.
	 * @param version what the snapshot has
	 */
	void nothingTaken(CredentialVersion version);

	/**
	 * Called when other credentials than those of the snapshot have been looked for.
	 * @param outcome which the database took
	 */
	void retried(LoginRetryOutcome outcome);

	/**
	 * Called when AWS has another current version than the snapshot.
	 */
	void snapshotIsBehind();

	/**
	 * Called when the version that a rotation prepares must not be retrieved.
	 * @param failures why
	 */
	void pendingDenied(List<RetrievalFailure> failures);

}
