package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.JdbcLoad;
import io.github.awssecrets.testing.PostgresDatabase;
import io.github.awssecrets.testing.PostgresSecret;
import io.github.awssecrets.testing.TestApplication;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Two pools side by side, under the same load: that of an application with the starter,
 * whose password is rotated now and then, and a plain HikariCP, whose password never is.
 * The database is a PostgreSQL, the same for both.
 */
final class PoolsSideBySide implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final int CONNECTIONS = 10;

	private static final int CONNECTION_TIMEOUT = 1000;

	private final DrivenTime time = new DrivenTime();

	private final BorrowTimes rotating = new BorrowTimes();

	private final BorrowTimes plain = new BorrowTimes();

	private final SecretsServer server;

	private final PostgresDatabase database;

	private final PostgresSecret secret;

	private final Path directory;

	private final ConfigurableApplicationContext application;

	private final HikariDataSource plainPool;

	private final JdbcLoad rotatingLoad;

	private final JdbcLoad plainLoad;

	/**
	 * Start both.
	 * @throws IOException if the database does not start
	 * @throws SQLException if its users cannot be created
	 */
	PoolsSideBySide() throws IOException, SQLException {
		this.server = SecretsServer.start();
		this.database = PostgresDatabase.start();
		this.database.execute("CREATE UNLOGGED TABLE load (id int)", "GRANT ALL ON load TO PUBLIC");
		this.secret = new PostgresSecret(this.server, this.database, "prod/db", "app");
		this.directory = Files.createTempDirectory("rotating");
		this.application = TestApplication.in(this.directory, this.server)
			.watched(this.time)
			.jdbc()
			.arguments("--logging.level.root=warn")
			.yaml("""
					spring.datasource:
					  url: %s
					  username: $<secret:prod/db.username>
					  password: $<secret:prod/db.password>
					  hikari:
					    maximum-pool-size: %d
					    connection-timeout: %d
					""".formatted(this.database.url(), CONNECTIONS, CONNECTION_TIMEOUT))
			.run();
		this.plainPool = plainPool();
		this.rotatingLoad = new JdbcLoad(this.application.getBean(HikariDataSource.class), this.rotating);
		this.plainLoad = new JdbcLoad(this.plainPool, this.plain);
		this.rotatingLoad.passLogins();
		this.plainLoad.passLogins();
	}

	private HikariDataSource plainPool() throws SQLException {
		PostgresSecret kept = new PostgresSecret(this.server, this.database, "prod/plain", "app_plain");
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.database.url());
		pool.setUsername("app_plain");
		pool.setPassword(kept.password());
		pool.setMaximumPoolSize(CONNECTIONS);
		pool.setConnectionTimeout(CONNECTION_TIMEOUT);
		return pool;
	}

	/**
	 * Rotate the password, as a rotation for a single user does.
	 * @param gap the time between the change of the password and the move of AWSCURRENT
	 * @throws SQLException if the password cannot be changed
	 */
	void rotate(Duration gap) throws SQLException {
		int version = this.secret.prepare("app");
		this.secret.set(version);
		pass(gap);
		this.secret.makeCurrent(version);
		this.time.advance(INTERVAL);
	}

	void pass(Duration duration) {
		this.rotatingLoad.pass(duration);
	}

	/**
	 * End a part of the run.
	 * @return what was seen in it
	 */
	Pair next() {
		return new Pair(this.rotating.next(), this.plain.next());
	}

	/**
	 * Return how many borrows, statements and commits have failed.
	 * @return the number in both pools
	 */
	int failures() {
		return this.rotatingLoad.failures().size() + this.plainLoad.failures().size();
	}

	@Override
	public void close() throws IOException {
		this.rotatingLoad.close();
		this.plainLoad.close();
		this.plainPool.close();
		this.application.close();
		this.server.close();
		this.database.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	/**
	 * The same part of the run in both pools.
	 *
	 * @param rotating the pool whose password is rotated
	 * @param plain the other
	 */
	record Pair(BorrowTimes.Part rotating, BorrowTimes.Part plain) {

		double ratio() {
			return this.rotating.percentile99() / this.plain.percentile99();
		}

	}

}
