package io.github.awssecrets.amqp;

import org.jspecify.annotations.Nullable;

/**
 * Credentials as the properties of Spring Boot's RabbitMQ support hold them. Never shows
 * them.
 *
 * @param username the user name, or {@code null} for the default
 * @param password the password, or {@code null} for the default
 */
record RabbitLogin(@Nullable String username, @Nullable String password) {

	@Override
	public String toString() {
		return "RabbitLogin[***]";
	}

}
