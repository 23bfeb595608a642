package io.github.awssecrets.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.ServerProcess;

/**
 * A real MariaDB that asks everyone for a password, and whose log tells who was refused.
 */
final class MariaDbDatabase implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	static final String NAME = "orders";

	private static final String ADMINISTRATOR = "administrator";

	/** Of a session that has ended meanwhile. */
	private static final int NO_SUCH_THREAD = 1094;

	private static final Pattern REFUSED = Pattern.compile("Access denied for user 'app");

	private final ServerProcess process;

	private final Path log;

	private final int port;

	private MariaDbDatabase(ServerProcess process, Path log, int port) {
		this.process = process;
		this.log = log;
		this.port = port;
	}

	static MariaDbDatabase startOrSkip() throws IOException {
		Path program = ServerProcess.findOrSkip("mariadb", "mariadbd", "--version");
		Path installer = ServerProcess.findOrSkip("mariadb", "mariadb-install-db", null);
		Path directory = Files.createTempDirectory("aws-secrets-mariadb");
		String user = "--user=" + System.getProperty("user.name");
		String data = "--datadir=" + directory.resolve("data");
		ServerProcess.run(Map.of(), installer.toString(), "--no-defaults", data, user, "--skip-test-db",
				"--auth-root-authentication-method=normal");
		Path statements = directory.resolve("init.sql");
		Files.writeString(statements, """
				CREATE DATABASE %s;
				CREATE USER %s@'%%' IDENTIFIED BY '%s';
				GRANT ALL ON *.* TO %s@'%%' WITH GRANT OPTION;
				""".formatted(NAME, ADMINISTRATOR, password(), ADMINISTRATOR));
		int port = ServerProcess.freePort();
		ServerProcess process = ServerProcess.start(directory, port, Map.of(), program.toString(), "--no-defaults",
				data, user, "--port=" + port, "--bind-address=" + HOST, "--socket=" + directory.resolve("socket"),
				"--pid-file=" + directory.resolve("pid"), "--init-file=" + statements, "--skip-name-resolve",
				"--innodb-flush-log-at-trx-commit=0", "--log-warnings=2");
		return new MariaDbDatabase(process, directory.resolve("server.log"), port);
	}

	private static String password() {
		return Canary.value("mariadb", 1);
	}

	int port() {
		return this.port;
	}

	String url() {
		return "jdbc:mariadb://%s:%d/%s".formatted(HOST, this.port, NAME);
	}

	void execute(String... statements) throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(url(), ADMINISTRATOR, password());
	}

	void createUser(String name, String password) throws SQLException {
		execute("CREATE OR REPLACE USER %s@'%%' IDENTIFIED BY '%s'".formatted(name, password),
				"GRANT ALL ON %s.* TO %s@'%%'".formatted(NAME, name));
	}

	void changePassword(String name, String password) throws SQLException {
		execute("ALTER USER %s@'%%' IDENTIFIED BY '%s'".formatted(name, password));
	}

	/**
	 * End all sessions of the application.
	 * @return the number of sessions
	 */
	int endSessions() throws SQLException {
		int ended = 0;
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				Statement kill = connection.createStatement();
				ResultSet result = statement
					.executeQuery("SELECT ID FROM information_schema.PROCESSLIST WHERE USER LIKE 'app%'")) {
			while (result.next()) {
				try {
					kill.execute("KILL " + result.getLong(1));
					ended++;
				}
				catch (SQLException ex) {
					if (ex.getErrorCode() != NO_SUCH_THREAD) {
						throw ex;
					}
				}
			}
		}
		return ended;
	}

	int count(String table) throws SQLException {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
			result.next();
			return result.getInt(1);
		}
	}

	/**
	 * Return how many logins of the application were refused so far.
	 */
	int refused() {
		try {
			return (int) REFUSED.matcher(Files.readString(this.log)).results().count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.process.close();
	}

}
