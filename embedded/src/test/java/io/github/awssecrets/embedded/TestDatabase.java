package io.github.awssecrets.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.github.awssecrets.embedded.rotation.ConnectionFactory;
import io.github.awssecrets.embedded.rotation.DatabaseSecret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL that asks everyone for a password.
 */
final class TestDatabase implements AutoCloseable {

	static final String SUPERUSER = "postgres";

	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	private final EmbeddedPostgres postgres;

	private final String superuserPassword;

	private TestDatabase(EmbeddedPostgres postgres, String superuserPassword) {
		this.postgres = postgres;
		this.superuserPassword = superuserPassword;
	}

	static TestDatabase start(String superuserPassword) throws IOException {
		Path passwordFile = Files.createTempFile("postgres", ".password");
		try {
			Files.writeString(passwordFile, superuserPassword);
			return new TestDatabase(EmbeddedPostgres.builder()
				.setPGStartupWait(STARTUP_TIMEOUT)
				.setLocaleConfig("auth-host", "scram-sha-256")
				.setLocaleConfig("auth-local", "scram-sha-256")
				.setLocaleConfig("pwfile", passwordFile.toString())
				.setConnectConfig("password", superuserPassword)
				.setServerConfig("listen_addresses", "127.0.0.1")
				// A statement that fails may hold a password
				.setServerConfig("log_min_error_statement", "panic")
				.start(), superuserPassword);
		}
		finally {
			Files.delete(passwordFile);
		}
	}

	ConnectionFactory connections() {
		return ConnectionFactory
			.ofUrl("jdbc:postgresql://127.0.0.1:" + this.postgres.getPort() + "/postgres?loginTimeout=20");
	}

	/**
	 * Executes a statement as the superuser.
	 * @param sql the statement
	 */
	void execute(String sql) throws SQLException {
		try (Connection connection = connect(SUPERUSER, this.superuserPassword);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	Connection connect(String username, String password) throws SQLException {
		return connections()
			.connect(DatabaseSecret.parse("{\"username\":\"x\",\"password\":\"x\"}").with(username, password));
	}

	/**
	 * Tells what comes of a log-in.
	 * @param username the user
	 * @param password the password
	 * @return {@code accepted}, or the SQLState
	 */
	String logIn(String username, String password) {
		try (Connection connection = connect(username, password)) {
			return connection.isValid(20) ? "accepted" : "invalid";
		}
		catch (SQLException ex) {
			return ex.getSQLState();
		}
	}

	@Override
	public void close() throws IOException {
		this.postgres.close();
	}

}
