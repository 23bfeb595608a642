package io.github.awssecrets.embedded.rotation;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * The dialect of PostgreSQL. Statements about roles take no parameters there, so names
 * and passwords are quoted as the server's own {@code quote_ident} and
 * {@code quote_literal} do.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical
 * structure</a>
 */
final class PostgresqlDialect implements SqlDialect {

	/**
	 * The server would cut off what is longer, and so change another role.
	 */
	private static final int MAXIMUM_NAME = 63;

	/**
	 * The states invalid_password and invalid_authorization_specification.
	 */
	private static final Set<String> REFUSED = Set.of("28P01", "28000");

	@Override
	public void changePassword(Connection connection, String username, String password) throws SQLException {
		execute(connection, "ALTER ROLE " + identifier(username) + " PASSWORD " + literal(password));
	}

	@Override
	public boolean exists(Connection connection, String username) throws SQLException {
		String query = "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ?";
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			statement.setString(1, username);
			try (ResultSet found = statement.executeQuery()) {
				return found.next();
			}
		}
	}

	@Override
	public void createLike(Connection connection, String username, String password, String model) throws SQLException {
		execute(connection, "CREATE ROLE " + identifier(username) + " LOGIN PASSWORD " + literal(password) + " IN ROLE "
				+ identifier(model));
	}

	@Override
	public boolean isRefusedLogin(SQLException failure) {
		return failure.getSQLState() != null && REFUSED.contains(failure.getSQLState());
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			// Without it, the driver would look for parameters and JDBC escapes in the
			// text
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	static String identifier(String name) {
		if (name.isEmpty() || name.indexOf('\0') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_NAME) {
			throw new RotationException("PostgreSQL has no role with this name: '" + name.replace('\0', ' ')
					+ "' (a name has 1 to " + MAXIMUM_NAME + " bytes)");
		}
		return '"' + name.replace("\"", "\"\"") + '"';
	}

	static String literal(String text) {
		if (text.indexOf('\0') >= 0) {
			throw new RotationException("PostgreSQL accepts no password with the character U+0000");
		}
		String doubled = text.replace("'", "''");
		// So that it doesn't depend on the setting standard_conforming_strings
		return (text.indexOf('\\') < 0) ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
	}

}
