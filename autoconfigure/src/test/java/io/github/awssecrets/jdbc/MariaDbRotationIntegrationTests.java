package io.github.awssecrets.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.autoconfigure.SecretsJdbcAutoConfiguration;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.OperationLoad;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of pools under load through rotations, against a real MariaDB, with the bounds of
 * {@link JdbcRotationIntegrationTests}: 8 threads, 10 connections, a connection time-out
 * of a second, and new logins all the time.
 */
class MariaDbRotationIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.MARIADB_ROTATIONS.count();

	private static final int QUICK_ROTATIONS = Proof.JDBC_QUICK.count();

	/** Between the change of the password and the move of AWSCURRENT. */
	private static final Duration GAP = Duration.ofSeconds(Proof.JDBC_GAP.count());

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final Duration EVICTION = Duration.ofMillis(200);

	private static final String POOL = """
			    hikari:
			      maximum-pool-size: 10
			      connection-timeout: 1000
			""";

	private static final int THREADS = 8;

	private static final int LOGINS = 10;

	private static final int REFUSED_LOGINS = 3;

	private static MariaDbDatabase database;

	private final DrivenTime time = new DrivenTime();

	private final Set<Long> sessions = ConcurrentHashMap.newKeySet();

	private int version = 1;

	@BeforeAll
	static void startDatabase() throws Exception {
		database = MariaDbDatabase.startOrSkip();
		database.execute("CREATE TABLE load_log (id int)");
	}

	@AfterAll
	static void stopDatabase() throws IOException {
		if (database != null) {
			database.close();
		}
	}

	@BeforeEach
	void createSecret() throws SQLException {
		database.execute("TRUNCATE load_log");
		database.createUser("app", password());
		database.createUser("app_clone", Canary.value("prod/mariadb.clone", 0));
		server.create("prod/mariadb", json("app"));
	}

	@Test
	void singleUserRotationsWhenUnderLoadFailNothing() throws Exception {
		rotate("single-user", references(), List.of("app"), GAP, List.of(true));
	}

	@Test
	void alternatingUsersRotationsWhenUnderLoadFailNothing() throws Exception {
		// A poll that is late: the password of the user that it still has is changed
		// before
		rotate("alternating-users", secret(), List.of("app_clone", "app"), Duration.ZERO,
				List.of(true, false, true, true));
	}

	private void rotate(String kind, TestApplication application, List<String> users, Duration gap, List<Boolean> polls)
			throws Exception {
		try (ConfigurableApplicationContext context = application.run()) {
			OperationLoad load = load(context);
			int before = database.refused();
			try (load) {
				passLogins(load);
				for (int i = 0; i < ROTATIONS; i++) {
					int refused = database.refused();
					rotate(users.get(i % users.size()), gap, load);
					passLogins(load);
					if (polls.get(i % polls.size())) {
						this.time.advance(INTERVAL);
						passLogins(load);
					}
					assertThat(load.failures()).isEmpty();
					assertThat(database.refused() - refused).isLessThanOrEqualTo(REFUSED_LOGINS);
				}
			}
			System.out.printf("mariadb: %s %d: %d transactions, %d failed; %d logins, %d refused%n", kind, ROTATIONS,
					load.done(), load.failures().size(), this.sessions.size(), database.refused() - before);
			assertThat(load.failures()).isEmpty();
			assertThat(database.count("load_log")).isEqualTo(load.done()).isPositive();
			assertThat(database.refused()).as("the gap was felt").isGreaterThan(before);
		}
	}

	@Test
	void quickRotationsWhenUnderLoadFailNothing() throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			OperationLoad load = load(context);
			int before = database.refused();
			try (load) {
				passLogins(load);
				for (int i = 0; i < QUICK_ROTATIONS; i++) {
					makeCurrent(change("app"));
					passLogins(load, 2);
					// Every other poll comes too late
					if (i % 2 == 0) {
						this.time.advance(INTERVAL);
					}
				}
				passLogins(load);
			}
			assertNothingFailed(load);
			assertThat(database.refused() - before).isBetween(1, REFUSED_LOGINS * QUICK_ROTATIONS);
		}
	}

	@Test
	void rotationWhenItFailsAtTestSecretFailsNothingUntilTheNextSucceeds() throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			OperationLoad load = load(context);
			try (load) {
				passLogins(load);
				bounded(load, () -> {
					change("app");
					for (int i = 0; i < 3; i++) {
						passLogins(load);
						this.time.advance(INTERVAL);
					}
				});
				bounded(load, () -> rotate("app", Duration.ZERO, load));
			}
			assertNothingFailed(load);
		}
	}

	@Test
	void rollbackWhenDatabaseComesFirstFailsNothing() throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			OperationLoad load = load(context);
			String first = server.versionId("prod/mariadb");
			try (load) {
				passLogins(load);
				bounded(load, () -> {
					rotate("app", Duration.ZERO, load);
					passLogins(load);
					this.time.advance(INTERVAL);
				});
				bounded(load, () -> {
					this.version = 1;
					database.changePassword("app", password());
					passLogins(load);
					makeCurrent(first);
					passLogins(load);
					this.time.advance(INTERVAL);
				});
			}
			assertNothingFailed(load);
		}
	}

	@Test
	void rotationWhenDatabaseEndsSessionsFailsOnlyTheirTransactions() throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			// A borrow that fails is none of these: it is HikariCP's, and transient
			OperationLoad load = load(context, (failure) -> failure instanceof SQLNonTransientConnectionException);
			int[] ended = new int[1];
			try (load) {
				passLogins(load);
				bounded(load, () -> {
					String versionId = change("app");
					ended[0] = database.endSessions();
					passLogins(load);
					makeCurrent(versionId);
					ended[0] += database.endSessions();
					passLogins(load);
					this.time.advance(INTERVAL);
					ended[0] += database.endSessions();
				});
			}
			assertThat(ended[0]).isPositive();
			assertThat(load.failures()).isEmpty();
			assertThat(load.aborted()).isLessThanOrEqualTo(ended[0]);
			assertThat(database.count("load_log")).isBetween(load.done(), load.done() + load.aborted());
		}
	}

	/* What one rotation may cost, and no more; new connections log in after it */
	private void bounded(OperationLoad load, Step step) throws Exception {
		int before = database.refused();
		step.run();
		passLogins(load);
		assertThat(load.failures()).isEmpty();
		assertThat(database.refused() - before).isBetween(1, REFUSED_LOGINS);
	}

	private static void assertNothingFailed(OperationLoad load) throws SQLException {
		assertThat(load.failures()).isEmpty();
		assertThat(database.count("load_log")).isEqualTo(load.done()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "4151, ALTER USER locked ACCOUNT LOCK", "1820, ALTER USER locked PASSWORD EXPIRE",
			"1862, SET GLOBAL disconnect_on_expired_password = ON; ALTER USER locked PASSWORD EXPIRE",
			"4150, SET GLOBAL max_password_errors = 1" })
	void loginWhenAccountIsLockedOrExpiredIsKnown(int code, String statements) throws Exception {
		LoginFailures failures = LoginFailures.of(database.url(), List.of());
		database.createUser("locked", password());
		try {
			database.execute(statements.split("; "));
			for (int i = 0; i < 2; i++) {
				SQLException wrong = refusal("locked", "wrong");
				if (code == 4150 && i == 0) {
					assertThat(failures.classify(wrong)).isEqualTo(LoginFailure.REFUSED);
				}
			}
			SQLException failure = refusal("locked", password());
			assertThat(failure.getErrorCode()).isEqualTo(code);
			assertThat(failures.classify(failure)).isEqualTo(LoginFailure.LOCKED);
		}
		finally {
			database.execute("SET GLOBAL disconnect_on_expired_password = DEFAULT",
					"SET GLOBAL max_password_errors = DEFAULT", "DROP USER locked", "FLUSH PRIVILEGES");
		}
	}

	private static SQLException refusal(String user, String password) {
		return catchThrowableOfType(SQLException.class, () -> {
			try (Connection connection = DriverManager.getConnection(database.url(), user, password);
					Statement statement = connection.createStatement()) {
				statement.execute("SELECT 1");
			}
		});
	}

	@Test
	void singleUserRotationWhenNotFollowedFails() throws Exception {
		try (ConfigurableApplicationContext context = references()
			.arguments("--spring.autoconfigure.exclude=" + SecretsJdbcAutoConfiguration.class.getName())
			.run()) {
			int refused;
			OperationLoad load = load(context);
			try (load) {
				passLogins(load);
				assertThat(load.failures()).isEmpty();
				refused = database.refused();
				rotate("app", GAP, load);
				load.pass(Integer.MAX_VALUE / 2);
			}
			assertThat(load.failures()).anySatisfy((failure) -> assertThat(failure).contains("Access denied"));
			assertThat(database.refused()).isGreaterThan(refused);
			assertThat(load.done()).isPositive();
		}
	}

	@Test
	void alternatingUsersRotationsWhenNotFollowedFail() throws Exception {
		try (ConfigurableApplicationContext context = references()
			.arguments("--spring.autoconfigure.exclude=" + SecretsJdbcAutoConfiguration.class.getName())
			.run()) {
			OperationLoad load = load(context);
			try (load) {
				passLogins(load);
				makeCurrent(change("app_clone"));
				this.time.advance(INTERVAL);
				passLogins(load);
				assertThat(load.failures()).as("the first user is still as it was").isEmpty();
				makeCurrent(change("app"));
				this.time.advance(INTERVAL);
				load.pass(Integer.MAX_VALUE / 2);
			}
			assertThat(load.failures()).anySatisfy((failure) -> assertThat(failure).contains("Access denied"));
		}
	}

	private OperationLoad load(ConfigurableApplicationContext context) {
		return load(context, (failure) -> false);
	}

	private OperationLoad load(ConfigurableApplicationContext context, Predicate<Exception> causedByServer) {
		HikariDataSource pool = context.getBean(HikariDataSource.class);
		return new OperationLoad(THREADS, (number) -> transaction(pool, number), causedByServer).disturb(EVICTION,
				() -> {
					if (pool.isRunning()) {
						pool.getHikariPoolMXBean().softEvictConnections();
					}
				});
	}

	private void transaction(HikariDataSource pool, int number) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				try (ResultSet session = statement.executeQuery("SELECT CONNECTION_ID()")) {
					session.next();
					this.sessions.add(session.getLong(1));
				}
				statement.execute("INSERT INTO load_log VALUES (%d)".formatted(number));
			}
			connection.commit();
		}
	}

	private void passLogins(OperationLoad load) {
		passLogins(load, LOGINS);
	}

	private void passLogins(OperationLoad load, int number) {
		int enough = this.sessions.size() + number;
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.sessions.size() >= enough || !load.failures().isEmpty());
	}

	/* The password changes first, and new connections log in before AWSCURRENT moves */
	private void rotate(String user, Duration gap, OperationLoad load) throws Exception {
		String versionId = change(user);
		load.pass(gap);
		passLogins(load);
		makeCurrent(versionId);
	}

	private String change(String user) throws SQLException {
		this.version++;
		String versionId = server.put("prod/mariadb", json(user), "AWSPENDING");
		database.changePassword(user, password());
		return versionId;
	}

	private static void makeCurrent(String versionId) {
		server.moveStage("prod/mariadb", "AWSCURRENT", versionId);
	}

	private String password() {
		return Canary.value("prod/mariadb.password", this.version);
	}

	private String json(String user) {
		return ("{\"engine\":\"mariadb\",\"host\":\"%s\",\"port\":%d,\"dbname\":\"%s\",\"username\":\"%s\","
				+ "\"password\":\"%s\"}")
			.formatted(MariaDbDatabase.HOST, database.port(), MariaDbDatabase.NAME, user,
					password().replace("\"", "\\\""));
	}

	private TestApplication references() {
		return application().watched(this.time)
			.jdbc()
			.yaml("""
					spring:
					  datasource:
					    url: jdbc:mariadb://$<secret:prod/mariadb.host>:$<secret:prod/mariadb.port>/$<secret:prod/mariadb.dbname>
					    username: $<secret:prod/mariadb.username>
					    password: $<secret:prod/mariadb.password>
					"""
					+ POOL);
	}

	private TestApplication secret() {
		return application().watched(this.time).jdbc().yaml("""
				aws.secrets.jdbc.secret: prod/mariadb
				spring:
				  datasource:
				""" + POOL);
	}

	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
