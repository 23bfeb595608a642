package io.github.awssecrets.refresh;

import java.util.Objects;

import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

/**
 * What became of a secret in a poll that somebody asked for. Holds no value.
 *
 * @param selector the secret, as references ask for it
 * @param oldVersionId the id of the version in use before, or {@code null} if there was
 * none
 * @param newVersionId the id of the version in use after it, or {@code null} likewise
 * @param status what is known of the secret after it, or {@code null} if it is not
 * watched, as a version that was asked for by its id never changes
 * @param error the class of what the poll or the refresh failed with as a whole, or
 * {@code null} if it did not
 */
public record PolledSecret(SecretSelector selector, @Nullable String oldVersionId, @Nullable String newVersionId,
		@Nullable SecretStatus status, @Nullable String error) {

	/**
	 * Return whether another version is in use than before.
	 * @return whether the secret was rotated
	 */
	public boolean isRotated() {
		return !Objects.equals(this.oldVersionId, this.newVersionId);
	}

}
