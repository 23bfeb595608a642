package io.github.awssecrets.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.autoconfigure.SecretsJdbcAutoConfiguration;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of pools under load through rotations, against a real PostgreSQL: 8 threads, 10
 * connections, a connection time-out of a second, and new logins all the time.
 */
class JdbcRotationIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.JDBC_ROTATIONS.count();

	/** Between the change of the password and the move of AWSCURRENT. */
	private static final Duration GAP = Duration.ofSeconds(Proof.JDBC_GAP.count());

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final String POOL = """
			    hikari:
			      maximum-pool-size: 10
			      connection-timeout: 1000
			""";

	private static final int REFUSED_LOGINS = 3;

	private static PostgresDatabase database;

	private final DrivenTime time = new DrivenTime();

	private int version = 1;

	private String versionId;

	@BeforeAll
	static void startDatabase() throws Exception {
		database = PostgresDatabase.start();
		database.execute("CREATE TABLE load (id int)", "GRANT ALL ON load TO PUBLIC");
	}

	@AfterAll
	static void stopDatabase() throws IOException {
		database.close();
	}

	@BeforeEach
	void createSecret() throws SQLException {
		database.execute("TRUNCATE load");
		database.createRole("app", password());
		database.createRole("app_clone", Canary.value("prod/db.clone", 0));
		server.create("prod/db", json("app"));
	}

	@Test
	void singleUserRotationsWhenUnderLoadFailNothing() throws Exception {
		rotate("single-user", references(), List.of("app"), (load) -> load.pass(GAP), List.of(true));
	}

	@Test
	void alternatingUsersRotationsWhenUnderLoadFailNothing() throws Exception {
		// A poll that is late: the password of the user that it still has is changed
		// before
		rotate("alternating-users", secret(), List.of("app_clone", "app"), JdbcLoad::passLogins,
				List.of(true, false, true, true));
	}

	private void rotate(String kind, TestApplication application, List<String> users, Gap gap, List<Boolean> polls)
			throws Exception {
		try (ConfigurableApplicationContext context = application.run()) {
			List<String> phases = new ArrayList<>();
			JdbcLoad load = new JdbcLoad(context.getBean(HikariDataSource.class));
			try (load) {
				load.passLogins();
				for (int i = 0; i < ROTATIONS; i++) {
					phases.add(kind + " " + (i + 1));
					database.phase(phases.get(i));
					rotate(users.get(i % users.size()), () -> gap.pass(load));
					load.passLogins();
					if (polls.get(i % polls.size())) {
						this.time.advance(INTERVAL);
						load.passLogins();
					}
				}
			}
			assertNothingFailed(load, phases);
			assertThat(this.versionId.equals(current(context))).as("the last poll has come").isTrue();
		}
	}

	private static String current(ConfigurableApplicationContext context) {
		return context.getBean(SecretsEnvironment.class)
			.snapshots()
			.current()
			.versions()
			.values()
			.iterator()
			.next()
			.versionId();
	}

	@Test
	void singleUserRotationWhenNotFollowedFails() throws Exception {
		try (ConfigurableApplicationContext context = references()
			.arguments("--spring.autoconfigure.exclude=" + SecretsJdbcAutoConfiguration.class.getName())
			.run()) {
			JdbcLoad load = new JdbcLoad(context.getBean(HikariDataSource.class));
			try (load) {
				load.passLogins();
				rotate("app", () -> load.pass(GAP));
				this.time.advance(INTERVAL);
			}
			assertThat(load.failedBorrows).hasPositiveValue();
			assertThat(load.transactions).hasPositiveValue();
		}
	}

	private void assertNothingFailed(JdbcLoad load, List<String> phases) throws SQLException {
		Map<String, PostgresDatabase.Logins> logins = database.logins(phases.get(0));
		System.out.printf("jdbc: %s: %s; %s%n", phases.get(phases.size() - 1), load, logins);
		assertThat(load.failures()).isEmpty();
		assertThat(database.count("load")).isEqualTo(load.transactions.get()).isPositive();
		assertThat(logins).containsOnlyKeys(phases);
		// An idle pool would not notice anything
		assertThat(logins.values()).allSatisfy((phase) -> {
			assertThat(phase.taken).hasSizeGreaterThan(10);
			assertThat(phase.refused).hasSizeLessThanOrEqualTo(REFUSED_LOGINS);
		});
	}

	private void rotate(String user, Step gap) throws Exception {
		this.version++;
		this.versionId = server.put("prod/db", json(user), "AWSPENDING");
		database.changePassword(user, password());
		gap.run();
		server.moveStage("prod/db", "AWSCURRENT", this.versionId);
	}

	private String password() {
		return Canary.value("prod/db.password", this.version);
	}

	private String json(String user) {
		return "{\"engine\":\"postgres\",\"host\":\"%s\",\"port\":%d,\"dbname\":\"postgres\",\"username\":\"%s\",\"password\":\"%s\"}"
			.formatted(PostgresDatabase.HOST, database.port(), user, password().replace("\"", "\\\""));
	}

	private TestApplication references() {
		return application().watched(this.time).jdbc().yaml("""
				spring:
				  datasource:
				    url: jdbc:postgresql://$<secret:prod/db.host>:$<secret:prod/db.port>/$<secret:prod/db.dbname>
				    username: $<secret:prod/db.username>
				    password: $<secret:prod/db.password>
				""" + POOL);
	}

	private TestApplication secret() {
		return application().watched(this.time).jdbc().yaml("""
				aws.secrets.jdbc.secret: prod/db
				spring:
				  datasource:
				""" + POOL);
	}

	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

	@FunctionalInterface
	private interface Gap {

		void pass(JdbcLoad load) throws Exception;

	}

}
