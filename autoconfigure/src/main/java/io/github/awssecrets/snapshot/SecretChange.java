package io.github.awssecrets.snapshot;

import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * The move of one secret from an outcome to another: from version to version, or from a
 * failure to a version.
 *
 * @param before the outcome before, or {@code null} if it was not asked for
 * @param after the outcome after
 */
public record SecretChange(@Nullable RetrievalOutcome before, RetrievalOutcome after) {

	/**
	 * Return the version id before.
	 * @return the version id, or {@code null} if there was no version
	 */
	public @Nullable String oldVersionId() {
		return (this.before instanceof SecretVersion version) ? version.versionId() : null;
	}

	/**
	 * Return the version id after.
	 * @return the version id, or {@code null} if there is no version
	 */
	public @Nullable String newVersionId() {
		return (this.after instanceof SecretVersion version) ? version.versionId() : null;
	}

}
