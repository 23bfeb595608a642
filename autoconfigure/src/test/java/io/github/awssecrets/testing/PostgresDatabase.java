package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL that asks everyone for a password, and whose log tells who logged in
 * and who was refused.
 */
public final class PostgresDatabase implements AutoCloseable {

	/** The address that it listens on. */
	public static final String HOST = "127.0.0.1";

	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	private static final Pattern EVENT = Pattern.compile("connection authorized: user=(app\\w*)"
			+ "|authentication failed for user \"(app\\w*)\"|LOG:  phase <([^>]*)>");

	private final Path directory;

	private final Path log;

	private final AtomicInteger syncs = new AtomicInteger();

	private EmbeddedPostgres postgres;

	private PostgresDatabase(EmbeddedPostgres postgres, Path directory) {
		this.postgres = postgres;
		this.directory = directory;
		this.log = data(directory).resolve("log/server.log");
	}

	/**
	 * Start a new database.
	 * @return the database
	 * @throws IOException if that fails
	 */
	public static PostgresDatabase start() throws IOException {
		Path directory = Files.createTempDirectory("aws-secrets-postgres");
		Path passwordFile = Files.createTempFile("postgres", ".password");
		try {
			Files.writeString(passwordFile, password());
			EmbeddedPostgres postgres = builder(directory).setLocaleConfig("auth-host", "scram-sha-256")
				.setLocaleConfig("auth-local", "scram-sha-256")
				.setLocaleConfig("pwfile", passwordFile.toString())
				.start();
			return new PostgresDatabase(postgres, directory);
		}
		finally {
			Files.delete(passwordFile);
		}
	}

	private static EmbeddedPostgres.Builder builder(Path directory) {
		return EmbeddedPostgres.builder()
			.setPGStartupWait(STARTUP_TIMEOUT)
			.setDataDirectory(data(directory))
			.setCleanDataDirectory(false)
			.setConnectConfig("password", password())
			.setServerConfig("listen_addresses", HOST)
			.setServerConfig("log_connections", "on")
			.setServerConfig("log_min_error_statement", "panic")
			.setServerConfig("logging_collector", "on")
			.setServerConfig("log_directory", "log")
			.setServerConfig("log_filename", "server.log")
			.setRegisterShutdownHook(false);
	}

	private static Path data(Path directory) {
		return directory.resolve("data");
	}

	private static String password() {
		return Canary.value("postgres", 1);
	}

	/**
	 * Go down, which ends all sessions.
	 * @throws IOException if that fails
	 */
	public void goDown() throws IOException {
		this.postgres.close();
	}

	/**
	 * Come back after having gone down, as before.
	 * @throws IOException if that fails
	 */
	public void comeBack() throws IOException {
		this.postgres = builder(this.directory).setPort(port()).start();
	}

	/**
	 * Return the port that it listens on.
	 * @return the port
	 */
	public int port() {
		return this.postgres.getPort();
	}

	/**
	 * Return the JDBC URL.
	 * @return the URL, without credentials
	 */
	public String url() {
		return "jdbc:postgresql://%s:%d/postgres".formatted(HOST, port());
	}

	/**
	 * Execute statements as administrator.
	 * @param statements the statements
	 * @throws SQLException if one fails
	 */
	public void execute(String... statements) throws SQLException {
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/**
	 * Count rows.
	 * @param table the name of a table
	 * @return the number of its rows
	 * @throws SQLException if that fails
	 */
	public int count(String table) throws SQLException {
		return number("SELECT count(*) FROM " + table);
	}

	private int number(String query) throws SQLException {
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getInt(1);
		}
	}

	/**
	 * Create a user anew.
	 * @param name the name, which begins with {@code app}
	 * @param password the password
	 * @throws SQLException if that fails
	 */
	public void createRole(String name, String password) throws SQLException {
		execute("DROP ROLE IF EXISTS " + name, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
	}

	/**
	 * Change a user's password.
	 * @param role the name of the user
	 * @param password the password
	 * @throws SQLException if that fails
	 */
	public void changePassword(String role, String password) throws SQLException {
		execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
	}

	/**
	 * End all sessions of the users that tests create.
	 * @return the number of sessions
	 * @throws SQLException if that fails
	 */
	public int terminateSessions() throws SQLException {
		return number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename LIKE 'app%'");
	}

	/**
	 * Write to the log that a phase begins.
	 * @param name the name of the phase
	 * @throws SQLException if that fails
	 */
	public void phase(String name) throws SQLException {
		execute("DO $$ BEGIN RAISE LOG 'phase <%s>'; END $$".formatted(name));
	}

	/**
	 * Return what happened since a phase began, by phases.
	 * @param from the name of the phase
	 * @return the logins of each phase
	 * @throws SQLException if that fails
	 */
	public Map<String, Logins> logins(String from) throws SQLException {
		String end = "end " + this.syncs.incrementAndGet();
		phase(end);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> text().contains("phase <" + end + ">"));
		Map<String, Logins> phases = new LinkedHashMap<>();
		Logins current = null;
		Matcher events = EVENT.matcher(text());
		while (events.find()) {
			if (events.group(3) != null) {
				current = (current != null || events.group(3).equals(from))
						? phases.computeIfAbsent(events.group(3), (name) -> new Logins()) : null;
			}
			else if (current != null) {
				((events.group(1) != null) ? current.taken : current.refused)
					.add((events.group(1) != null) ? events.group(1) : events.group(2));
			}
		}
		phases.remove(end);
		return phases;
	}

	private String text() {
		try {
			return Files.readString(this.log, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.postgres.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	/**
	 * The users that logged in, and those that were refused.
	 */
	public static final class Logins {

		private final List<String> taken = new ArrayList<>();

		private final List<String> refused = new ArrayList<>();

		/**
		 * Return who logged in.
		 * @return the names of users, once for each login
		 */
		public List<String> taken() {
			return this.taken;
		}

		/**
		 * Return who was refused.
		 * @return the names of users, once for each login
		 */
		public List<String> refused() {
			return this.refused;
		}

		@Override
		public String toString() {
			return "%d logins, %d refused".formatted(this.taken.size(), this.refused.size());
		}

	}

}
