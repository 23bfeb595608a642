package io.github.awssecrets.mail;

import org.jspecify.annotations.Nullable;

/**
 * Credentials as the properties of Spring Boot's mail support hold them. Never shows
 * them.
 *
 * @param username the user name, or {@code null}
 * @param password the password, or {@code null}
 */
record MailLogin(@Nullable String username, @Nullable String password) {

	@Override
	public String toString() {
		return "MailLogin[***]";
	}

}
