package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.JdbcLoad;
import io.github.awssecrets.testing.PostgresDatabase;
import io.github.awssecrets.testing.PostgresExtension;
import io.github.awssecrets.testing.PostgresSecret;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base of tests of pools under load, against a real PostgreSQL: 8 threads, 10
 * connections, a connection time-out of a second, and new logins all the time.
 */
@ExtendWith(PostgresExtension.class)
abstract class AbstractJdbcLoadTests extends AbstractApplicationTests {

	/** What one rotation may cost, so that no account is locked. */
	static final int REFUSED_LOGINS = 3;

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final String POOL = """
			    hikari:
			      maximum-pool-size: 10
			      connection-timeout: 1000
			""";

	final DrivenTime time = new DrivenTime();

	PostgresDatabase database;

	PostgresSecret secret;

	@BeforeAll
	static void createTable(PostgresDatabase database) throws SQLException {
		database.execute("CREATE TABLE IF NOT EXISTS load (id int)", "GRANT ALL ON load TO PUBLIC");
	}

	@BeforeEach
	void createSecret(PostgresDatabase shared) throws SQLException {
		this.database = shared;
		this.database.execute("TRUNCATE load");
		this.database.createRole("app_clone", Canary.value("prod/db.clone", 0));
		this.secret = new PostgresSecret(server, shared, "prod/db", "app");
	}

	/**
	 * Let the watcher poll.
	 */
	void poll() {
		this.time.advance(INTERVAL);
	}

	boolean isCurrent(ConfigurableApplicationContext context, int version) {
		return context.getBean(SecretsEnvironment.class)
			.snapshots()
			.current()
			.versions()
			.values()
			.iterator()
			.next()
			.versionId()
			.equals(this.secret.versionId(version));
	}

	/**
	 * Return what happened in the database since a phase began.
	 */
	Map<String, PostgresDatabase.Logins> report(String phase, String name, JdbcLoad load) throws SQLException {
		Map<String, PostgresDatabase.Logins> logins = this.database.logins(phase);
		System.out.printf("jdbc: %s: %s; %s%n", name, load, logins);
		return logins;
	}

	void assertNothingFailed(JdbcLoad load) throws SQLException {
		assertThat(load.failures()).isEmpty();
		assertThat(this.database.count("load")).isEqualTo(load.transactions()).isPositive();
	}

	static JdbcLoad load(ConfigurableApplicationContext context) {
		return new JdbcLoad(context.getBean(HikariDataSource.class));
	}

	TestApplication references() {
		return application().watched(this.time).jdbc().yaml("""
				spring:
				  datasource:
				    url: jdbc:postgresql://$<secret:prod/db.host>:$<secret:prod/db.port>/$<secret:prod/db.dbname>
				    username: $<secret:prod/db.username>
				    password: $<secret:prod/db.password>
				""" + POOL);
	}

	TestApplication secretOfRds() {
		return application().watched(this.time).jdbc().yaml("""
				aws.secrets.jdbc.secret: prod/db
				spring:
				  datasource:
				""" + POOL);
	}

}
