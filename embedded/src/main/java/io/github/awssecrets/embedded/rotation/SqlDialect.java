package io.github.awssecrets.embedded.rotation;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What databases say in different ways. Names and passwords come from secrets, so an
 * implementation quotes them.
 */
public interface SqlDialect {

	/**
	 * Changes the password of a user.
	 * @param connection a connection of that user or of a superuser
	 * @param username the user
	 * @param password the new password
	 * @throws SQLException if it fails
	 */
	void changePassword(Connection connection, String username, String password) throws SQLException;

	/**
	 * Whether there is a user.
	 * @param connection a connection of a superuser
	 * @param username the user
	 * @return {@code true} if there is
	 * @throws SQLException if it fails
	 */
	boolean exists(Connection connection, String username) throws SQLException;

	/**
	 * Creates a user who may do what another may. All of it is done, or nothing.
	 * @param connection a connection of a superuser
	 * @param username the new user
	 * @param password the new user's password
	 * @param model the other user
	 * @throws SQLException if it fails
	 */
	void createLike(Connection connection, String username, String password, String model) throws SQLException;

	/**
	 * Whether an attempt to log in was refused because of the credentials.
	 * @param failure what the attempt threw
	 * @return {@code true} if the user or the password is wrong
	 */
	boolean isRefusedLogin(SQLException failure);

	/**
	 * That of PostgreSQL. A clone is a member of the role that it is a clone of.
	 * @return the dialect
	 */
	static SqlDialect postgresql() {
		return new PostgresqlDialect();
	}

}
