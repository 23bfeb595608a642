package io.github.awssecrets.credentials;

import org.jspecify.annotations.Nullable;

/**
 * A user name and a password that belong together. Never shows them.
 *
 * @param username the user name, or {@code null} if there is none
 * @param password the password
 * @param version where they are from: two of one version are equal
 */
public record Credentials(@Nullable String username, String password, CredentialVersion version) {

	@Override
	public String toString() {
		return "Credentials[%s]".formatted(this.version);
	}

}
