package io.github.awssecrets.refresh;

import java.time.Instant;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a watched secret at one moment. Holds no value.
 *
 * @param selector the secret, as references ask for it
 * @param state the state
 * @param versionId the id of the version in use, or {@code null} if there is none
 * @param pendingVersionId the id of the version that was accepted and is not applied yet,
 * or {@code null}
 * @param rejectedVersionId the id of the version that was rejected, or {@code null}
 * @param reason why it was rejected, as a clause, or {@code null}
 * @param failure why the secret is failing or gone, or {@code null}
 * @param since since when it is in a state that is neither current nor pending, or
 * {@code null} if it is in one of those
 * @param retrieved when AWS last answered with a version, or {@code null} if it has not
 * since the watcher began
 * @param changed when the last version was accepted, or {@code null} likewise
 * @param polled when the last poll of it ended, or {@code null} if none has
 * @param outcome what that found, or {@code null} likewise
 * @param nextPoll when the next poll of it is due, or {@code null} if none is
 */
public record SecretStatus(SecretSelector selector, SecretState state, @Nullable String versionId,
		@Nullable String pendingVersionId, @Nullable String rejectedVersionId, @Nullable String reason,
		@Nullable RetrievalFailure failure, @Nullable Instant since, @Nullable Instant retrieved,
		@Nullable Instant changed, @Nullable Instant polled, @Nullable PollOutcome outcome,
		@Nullable Instant nextPoll) {

}
