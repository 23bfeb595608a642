package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a watcher finds. Called outside all locks, on the thread that found it;
 * should return soon. What it throws is logged and does no harm.
 */
public interface WatchListener {

	/**
	 * Called after each poll, one that failed as a whole included.
	 * @param report what it brought
	 */
	default void polled(PollReport report) {
	}

	/**
	 * Called when a change was accepted and staged.
	 * @param secret the secret
	 * @param change the change
	 */
	default void accepted(SecretSelector secret, SecretChange change) {
	}

	/**
	 * Called when a version was rejected, once per version id.
	 * @param secret the secret
	 * @param versionIdInUse the id of the version that stays, or {@code null} if there is
	 * none
	 * @param rejectedVersionId the id of the rejected version
	 * @param reason why, as a clause that names keys and never values
	 */
	default void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
			String reason) {
	}

	/**
	 * Called when secrets begin to fail or are gone, and now and then while they are.
	 * @param secrets the secrets
	 */
	default void failing(List<SecretStatus> secrets) {
	}

	/**
	 * Called when secrets can be retrieved again.
	 * @param secrets the secrets
	 */
	default void recovered(List<SecretStatus> secrets) {
	}

	/**
	 * Called when polls as a whole begin to fail.
	 * @param failure what was thrown
	 */
	default void pollFailed(Throwable failure) {
	}

	/**
	 * Called when changes were acknowledged: they have reached the application.
	 * @param changes the changes, by what references ask for
	 */
	default void applied(Map<SecretSelector, SecretChange> changes) {
	}

	/**
	 * Called when changes were not acknowledged.
	 * @param failure what was thrown, or {@code null} if nothing was
	 * @param pending the number of secrets with pending changes
	 * @param nextAttempt the time until the next attempt
	 */
	default void notApplied(@Nullable Throwable failure, int pending, Duration nextAttempt) {
	}

	/**
	 * Called once when applying changes takes too long.
	 * @param elapsed how long it has taken
	 */
	default void applyHangs(Duration elapsed) {
	}

}
