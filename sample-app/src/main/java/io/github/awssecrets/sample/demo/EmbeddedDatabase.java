package io.github.awssecrets.sample.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL, as a process of its own, on a free port of the loopback interface.
 * It holds one empty database and the role that owns it, and asks everyone for a
 * password, as the one in production does.
 */
final class EmbeddedDatabase implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	static final String NAME = "orders";

	static final String USERNAME = "orders_app";

	/** Enough for a slow machine that unpacks it for the first time. */
	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

	/** Here the library finds and ends what a killed process left behind. */
	private static final Path PARENT_DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

	private final EmbeddedPostgres postgres;

	private final String password;

	private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
		this.postgres = postgres;
		this.password = password;
	}

	/**
	 * Start PostgreSQL and create the database and its owner. Takes 3 to 10 seconds.
	 * @param passwords gives a new password each time
	 * @return the running database
	 * @throws EmbeddedServerException if it does not start; nothing is left running
	 */
	static EmbeddedDatabase start(Supplier<String> passwords) {
		try {
			EmbeddedDatabase database = new EmbeddedDatabase(startPostgres(passwords.get()), passwords.get());
			try {
				database.createDatabaseAndOwner();
				return database;
			}
			catch (SQLException ex) {
				database.close();
				throw ex;
			}
		}
		catch (IOException | SQLException | RuntimeException ex) {
			throw new EmbeddedServerException("PostgreSQL did not start: " + ex.getMessage(), ex);
		}
	}

	private static EmbeddedPostgres startPostgres(String administratorPassword) throws IOException {
		Files.createDirectories(PARENT_DIRECTORY);
		Path dataDirectory = Files.createTempDirectory(PARENT_DIRECTORY, NAME);
		Path passwordFile = Files.createTempFile("postgres", ".password");
		try {
			Files.writeString(passwordFile, administratorPassword);
			return EmbeddedPostgres.builder()
				.setPGStartupWait(STARTUP_TIMEOUT)
				.setDataDirectory(dataDirectory)
				.setLocaleConfig("auth-host", "scram-sha-256")
				.setLocaleConfig("auth-local", "scram-sha-256")
				.setLocaleConfig("pwfile", passwordFile.toString())
				.setConnectConfig("password", administratorPassword)
				.setServerConfig("listen_addresses", HOST)
				// A statement that fails may hold a password
				.setServerConfig("log_min_error_statement", "panic")
				.setRegisterShutdownHook(false)
				.start();
		}
		catch (IOException | RuntimeException ex) {
			endProcess(dataDirectory);
			throw ex;
		}
		finally {
			Files.delete(passwordFile);
		}
	}

	// For a process that did not answer in time
	private static void endProcess(Path dataDirectory) throws IOException {
		Path processId = dataDirectory.resolve("postmaster.pid");
		if (Files.exists(processId)) {
			long id = Long.parseLong(Files.readAllLines(processId).get(0));
			ProcessHandle.of(id).ifPresent((process) -> {
				process.destroy();
				process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
			});
		}
		FileSystemUtils.deleteRecursively(dataDirectory);
	}

	private void createDatabaseAndOwner() throws SQLException {
		try (Connection connection = administrator().getConnection();
				Statement statement = connection.createStatement()) {
			statement
				.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USERNAME, this.password.replace("'", "''")));
			statement.execute("CREATE DATABASE %s OWNER %s".formatted(NAME, USERNAME));
		}
	}

	/**
	 * Return connections of the administrator, who may change the owner's password.
	 * @return a data source without a pool
	 */
	DataSource administrator() {
		return this.postgres.getPostgresDatabase();
	}

	/**
	 * Return where the database is, with limits for logging in and reading.
	 * @return a JDBC URL without credentials
	 */
	String url() {
		return "jdbc:postgresql://%s:%d/%s?loginTimeout=5&socketTimeout=5".formatted(HOST, port(), NAME);
	}

	int port() {
		return this.postgres.getPort();
	}

	String password() {
		return this.password;
	}

	/** End the process and delete its files. */
	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new EmbeddedServerException("PostgreSQL did not stop", ex);
		}
	}

}
