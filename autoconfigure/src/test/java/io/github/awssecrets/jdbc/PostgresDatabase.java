package io.github.awssecrets.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

import io.github.awssecrets.testing.Canary;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL that asks everyone for a password, and whose log tells who logged in
 * and who was refused.
 */
final class PostgresDatabase implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	private static final Pattern EVENT = Pattern.compile("connection authorized: user=(app\\w*)"
			+ "|authentication failed for user \"(app\\w*)\"|LOG:  phase <([^>]*)>");

	private final EmbeddedPostgres postgres;

	private final Path directory;

	private final Path log;

	private final AtomicInteger syncs = new AtomicInteger();

	private PostgresDatabase(EmbeddedPostgres postgres, Path directory, Path log) {
		this.postgres = postgres;
		this.directory = directory;
		this.log = log;
	}

	static PostgresDatabase start() throws IOException {
		Path directory = Files.createTempDirectory("aws-secrets-postgres");
		Path passwordFile = Files.createTempFile("postgres", ".password");
		String password = Canary.value("postgres", 1);
		try {
			Files.writeString(passwordFile, password);
			EmbeddedPostgres postgres = EmbeddedPostgres.builder()
				.setPGStartupWait(STARTUP_TIMEOUT)
				.setDataDirectory(directory.resolve("data"))
				.setLocaleConfig("auth-host", "scram-sha-256")
				.setLocaleConfig("auth-local", "scram-sha-256")
				.setLocaleConfig("pwfile", passwordFile.toString())
				.setConnectConfig("password", password)
				.setServerConfig("listen_addresses", HOST)
				.setServerConfig("log_connections", "on")
				.setServerConfig("log_min_error_statement", "panic")
				.setServerConfig("logging_collector", "on")
				.setServerConfig("log_directory", "log")
				.setServerConfig("log_filename", "server.log")
				.setRegisterShutdownHook(false)
				.start();
			return new PostgresDatabase(postgres, directory, directory.resolve("data/log/server.log"));
		}
		finally {
			Files.delete(passwordFile);
		}
	}

	int port() {
		return this.postgres.getPort();
	}

	String url() {
		return "jdbc:postgresql://%s:%d/postgres".formatted(HOST, port());
	}

	void execute(String... statements) throws SQLException {
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	int count(String table) throws SQLException {
		try (Connection connection = this.postgres.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
			result.next();
			return result.getInt(1);
		}
	}

	void createRole(String name, String password) throws SQLException {
		execute("DROP ROLE IF EXISTS " + name, "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
	}

	void changePassword(String role, String password) throws SQLException {
		execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
	}

	/**
	 * Write to the log that a phase begins.
	 */
	void phase(String name) throws SQLException {
		execute("DO $$ BEGIN RAISE LOG 'phase <%s>'; END $$".formatted(name));
	}

	/**
	 * Return what happened since a phase began, by phases.
	 */
	Map<String, Logins> logins(String from) throws SQLException {
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
	static final class Logins {

		final List<String> taken = new ArrayList<>();

		final List<String> refused = new ArrayList<>();

		@Override
		public String toString() {
			return "%d logins, %d refused".formatted(this.taken.size(), this.refused.size());
		}

	}

}
