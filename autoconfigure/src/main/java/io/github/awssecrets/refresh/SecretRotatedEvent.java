package io.github.awssecrets.refresh;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Published when a rotation has reached the application. Holds no value.
 *
 * @param secretId the secret, as a reference names it
 * @param oldVersionId the id of the version before, or {@code null} if there was none
 * @param newVersionId the id of the version now, or {@code null} if there is none
 * @param properties the names of the properties whose values changed, in their canonical
 * form
 */
public record SecretRotatedEvent(String secretId, @Nullable String oldVersionId, @Nullable String newVersionId,
		Set<String> properties) {

	public SecretRotatedEvent {
		properties = Set.copyOf(properties);
	}

}
