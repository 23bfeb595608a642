package io.github.awssecrets.refresh;

import org.jspecify.annotations.Nullable;

/**
 * Published once when a new version of a secret cannot be used. The last good version
 * stays. Holds no value.
 *
 * @param secretId the secret, as a reference names it
 * @param versionIdInUse the id of the version that stays, or {@code null} if there is
 * none
 * @param rejectedVersionId the id of the rejected version
 * @param reason why, as a clause that names keys or properties
 */
public record SecretRotationRejectedEvent(String secretId, @Nullable String versionIdInUse, String rejectedVersionId,
		String reason) {

}
