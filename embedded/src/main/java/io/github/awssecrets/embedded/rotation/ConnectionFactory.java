package io.github.awssecrets.embedded.rotation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Opens connections with the credentials of a secret. It has to open a new physical
 * connection each time, so it must not be a pool; with a limit for log-in and reading,
 * such as the URL parameters {@code loginTimeout} and {@code socketTimeout} of
 * PostgreSQL, a database that hangs can't hold up the end of the server.
 */
@FunctionalInterface
public interface ConnectionFactory {

	/**
	 * Opens a connection.
	 * @param secret the credentials
	 * @return the connection, in auto-commit mode
	 * @throws SQLException if the log-in is refused or the database can't be reached
	 */
	Connection connect(DatabaseSecret secret) throws SQLException;

	/**
	 * A factory for one database.
	 * @param url the JDBC URL, without credentials
	 * @return the factory
	 */
	static ConnectionFactory ofUrl(String url) {
		return (secret) -> DriverManager.getConnection(url, secret.username(), secret.password());
	}

}
