package io.github.awssecrets.embedded;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.awssecrets.embedded.rotation.AlternatingUsersRotator;
import io.github.awssecrets.embedded.rotation.ConnectionFactory;
import io.github.awssecrets.embedded.rotation.DatabaseSecret;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.embedded.rotation.SingleUserRotator;
import io.github.awssecrets.embedded.rotation.SqlDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rotators of database users, with a real PostgreSQL. Whether a password
 * works is asked of the database.
 */
@Timeout(120)
class DatabaseRotationIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String FIRST = "embedded-hidden-first";

	private static final String SUPERUSER_PASSWORD = "embedded-hidden-superuser";

	private static final String SINGLE = "arn:aws:lambda:eu-west-1:123456789012:function:single-user";

	private static final String ALTERNATING = "arn:aws:lambda:eu-west-1:123456789012:function:alternating-users";

	private static TestDatabase database;

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicReference<SQLException> fault = new AtomicReference<>();

	private SecretsServer server;

	private SecretsManagerClient client;

	private TestLog log;

	@BeforeAll
	static void startDatabase() throws IOException {
		database = TestDatabase.start(SUPERUSER_PASSWORD);
	}

	@AfterAll
	static void closeDatabase() throws IOException {
		database.close();
	}

	@BeforeEach
	void start() throws SQLException {
		this.log = new TestLog();
		this.server = SecretsServer.start();
		this.client = SdkClients.of(this.server);
		this.server.rotations().register(SINGLE, new SingleUserRotator(SqlDialect.postgresql(), connections()));
		this.server.rotations()
			.register(ALTERNATING, new AlternatingUsersRotator(SqlDialect.postgresql(), connections()));
		this.server.create("superuser", json(TestDatabase.SUPERUSER, SUPERUSER_PASSWORD));
		this.server.create("db", json("app", FIRST));
		database.execute("CREATE ROLE app LOGIN PASSWORD '" + FIRST + "'");
		database.execute("CREATE TABLE orders (id int)");
		database.execute("GRANT SELECT ON orders TO app");
	}

	private ConnectionFactory connections() {
		return (secret) -> {
			SQLException failure = this.fault.getAndSet(null);
			if (failure != null) {
				throw failure;
			}
			try {
				return database.connections().connect(secret);
			}
			catch (SQLException ex) {
				this.refused.incrementAndGet();
				throw ex;
			}
		};
	}

	private String json(String username, String password) {
		return "{\"engine\":\"postgres\",\"host\":\"127.0.0.1\",\"username\":\"%s\",\"password\":\"%s\",\"masterarn\":\"superuser\"}"
			.formatted(username, password);
	}

	@AfterEach
	void close() throws SQLException {
		this.client.close();
		this.server.close();
		this.log.close();
		database.execute("DROP TABLE orders");
		database.execute("DROP ROLE IF EXISTS app_clone");
		database.execute("DROP ROLE IF EXISTS app");
		assertThat(String.join("\n", this.log.messages())).doesNotContain("hidden");
	}

	@Test
	void singleUserRotationChangesThePassword() throws SQLException, InterruptedException {
		try (Connection open = database.connect("app", FIRST)) {
			String version = rotate(SINGLE);
			assertThat(this.server.versionId("db")).isEqualTo(version);
			assertThat(logIn("app", FIRST)).isEqualTo("28P01");
			assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
			assertThat(logIn("AWSPREVIOUS")).isEqualTo("app 28P01");
			assertThat(open.isValid(20)).isTrue();
		}
		assertThat(this.refused).hasValue(0);
	}

	@Test
	void singleUserRotationsCanFollowOneAnother() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			assertThat(rotate(SINGLE)).isEqualTo(this.server.versionId("db"));
			assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
			assertThat(logIn("AWSPREVIOUS")).isEqualTo("app 28P01");
		}
		assertThat(this.refused).hasValue(0);
	}

	@Test
	void singleUserRotationBetweenSetSecretAndFinishSecretRefusesTheCurrentVersion() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET)) {
			this.server.startRotation("db", SINGLE);
			assertThat(gate.await(1, LONG)).isTrue();
			assertThat(logIn("AWSCURRENT")).isEqualTo("app 28P01");
			assertThat(logIn("AWSPENDING")).isEqualTo("app accepted");
		}
		assertThat(this.server.rotations().await(LONG)).isTrue();
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
	}

	@Test
	void singleUserRotationWhenTestFailsIsMendedByTryingAgain() throws InterruptedException {
		String first = this.server.versionId("db");
		String pending;
		try (Gate gate = this.server.rotations().gate(RotationStep.TEST_SECRET)) {
			pending = this.server.startRotation("db", SINGLE);
			assertThat(gate.await(1, LONG)).isTrue();
			this.fault.set(new SQLException(FIRST, "08006", 7));
		}
		assertThat(this.server.rotations().await(LONG)).isTrue();
		assertThat(this.server.stages("db")).isEqualTo(Map.of("AWSCURRENT", first, "AWSPENDING", pending));
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in testSecret: Can't log in as 'app': SQLState 08006, vendor code 7");
		assertThat(logIn("AWSCURRENT")).isEqualTo("app 28P01");
		tryAgain(pending, SINGLE);
		assertThat(this.server.versionId("db")).isEqualTo(pending);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
		assertThat(this.refused).hasValue(1);
	}

	@Test
	void singleUserRotationWhenDatabaseIsDownLeavesThePasswordAlone() throws InterruptedException {
		this.fault.set(new SQLException(FIRST, "08001"));
		String pending = rotate(SINGLE);
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in setSecret: Can't log in as 'app': SQLState 08001, vendor code 0");
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
		assertThat(logIn("AWSPENDING")).isEqualTo("app 28P01");
		tryAgain(pending, SINGLE);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
	}

	@Test
	void singleUserRotationWhenCurrentIsWrongTakesThePreviousVersion() throws InterruptedException {
		this.server.rotate("db", "password", "embedded-hidden-wrong");
		rotate(SINGLE);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
		assertThat(logIn("app", FIRST)).isEqualTo("28P01");
		assertThat(this.refused).hasValue(2);
	}

	@Test
	void singleUserRotationWhenNoVersionIsAcceptedFails() throws SQLException, InterruptedException {
		database.execute("ALTER ROLE app PASSWORD 'embedded-hidden-other'");
		String pending = rotate(SINGLE);
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in setSecret: The database refuses 'app' with the current, the pending and the previous version");
		assertThat(logIn("app", "embedded-hidden-other")).isEqualTo("accepted");
		database.execute("ALTER ROLE app PASSWORD '" + FIRST + "'");
		tryAgain(pending, SINGLE);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
	}

	@Test
	void dialectQuotesWhateverNamesAndPasswordsHold() throws SQLException {
		String name = "we\"ird'; DROP ROLE app; -- ü?{x}$1";
		String password = "it's \\ \"a\" ?{d '1'} $1 $$ ; ' -- ü😀\\";
		SqlDialect dialect = SqlDialect.postgresql();
		try (Connection superuser = database.connect(TestDatabase.SUPERUSER, SUPERUSER_PASSWORD)) {
			assertThat(dialect.exists(superuser, name)).isFalse();
			dialect.createLike(superuser, name, "x", "app");
			assertThat(dialect.exists(superuser, name)).isTrue();
			dialect.changePassword(superuser, name, password);
			assertThat(logIn(name, password)).isEqualTo("accepted");
			assertThat(logIn(name, "x")).isEqualTo("28P01");
			superuser.createStatement().execute("SET standard_conforming_strings = off");
			dialect.changePassword(superuser, name, password + "\\'");
			assertThat(logIn(name, password + "\\'")).isEqualTo("accepted");
			assertThat(logIn("app", FIRST)).isEqualTo("accepted");
			superuser.createStatement().execute("DROP ROLE \"" + name.replace("\"", "\"\"") + '"');
		}
	}

	@Test
	void alternatingUsersRotationClonesTheUserAndComesBack() throws SQLException, InterruptedException {
		rotate(ALTERNATING);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app_clone accepted");
		assertThat(logIn("AWSPREVIOUS")).isEqualTo("app accepted");
		DatabaseSecret clone = version("AWSCURRENT");
		assertThat(countOrders(clone)).isZero();
		rotate(ALTERNATING);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
		assertThat(logIn("AWSPREVIOUS")).isEqualTo("app_clone accepted");
		assertThat(logIn("app", FIRST)).isEqualTo("28P01");
		rotate(ALTERNATING);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app_clone accepted");
		assertThat(logIn("AWSPREVIOUS")).isEqualTo("app accepted");
		assertThat(logIn(clone.username(), clone.password())).isEqualTo("28P01");
		assertThat(this.refused).hasValue(0);
	}

	private int countOrders(DatabaseSecret secret) throws SQLException {
		try (Connection connection = database.connect(secret.username(), secret.password());
				Statement statement = connection.createStatement();
				ResultSet orders = statement.executeQuery("SELECT count(*) FROM orders")) {
			assertThat(orders.next()).isTrue();
			return orders.getInt(1);
		}
	}

	@Test
	void alternatingUsersRotationRefusesNobodyInBetween() throws InterruptedException {
		try (Gate gate = this.server.rotations().gate(RotationStep.FINISH_SECRET)) {
			this.server.startRotation("db", ALTERNATING);
			assertThat(gate.await(1, LONG)).isTrue();
			assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
			assertThat(logIn("AWSPENDING")).isEqualTo("app_clone accepted");
		}
	}

	@Test
	void alternatingUsersRotationWhenSuperuserIsRefusedFails() throws InterruptedException {
		this.server.rotations()
			.register(ALTERNATING, new AlternatingUsersRotator(SqlDialect.postgresql(), connections(), "wrong"));
		this.server.create("wrong", json(TestDatabase.SUPERUSER, "embedded-hidden-wrong"));
		String pending = rotate(ALTERNATING);
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in setSecret: Can't log in as 'postgres': SQLState 28P01, vendor code 0");
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
		this.server.put("wrong", json(TestDatabase.SUPERUSER, SUPERUSER_PASSWORD));
		tryAgain(pending, ALTERNATING);
		assertThat(logIn("AWSCURRENT")).isEqualTo("app_clone accepted");
	}

	@Test
	void alternatingUsersRotationWhenThereIsNoSuperuserFails() throws InterruptedException {
		this.server.put("db", "{\"username\":\"app\",\"password\":\"" + FIRST + "\"}");
		String pending = rotate(ALTERNATING);
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in setSecret: The secret has no key 'masterarn', and the rotator was not given a superuser's secret");
		this.server.put("db", "{\"username\":\"app\",\"password\":\"" + FIRST + "\",\"masterarn\":\"none\"}");
		tryAgain(pending, ALTERNATING);
		assertThat(this.log.messages()).last()
			.isEqualTo("Rotation of db to version " + pending + " failed in setSecret: Secrets Manager can't find the"
					+ " specified secret. (ResourceNotFoundException)");
	}

	@Test
	void alternatingUsersRotationWhenCurrentIsRefusedChangesNobody() throws InterruptedException {
		this.server.rotate("db", "password", "embedded-hidden-wrong");
		String pending = rotate(ALTERNATING);
		assertThat(this.log.messages()).containsExactly("Rotation of db to version " + pending
				+ " failed in setSecret: The database refuses 'app' with the current version");
		assertThat(logIn("AWSPENDING")).isEqualTo("app_clone 28P01");
	}

	@Test
	void rotationWhenPendingIsForAnotherUserOrDatabaseFails() throws InterruptedException {
		this.server.put("db", json("postgres", "embedded-hidden-x"), "AWSPENDING");
		String pending = this.server.stages("db").get("AWSPENDING");
		tryAgain(pending, SINGLE);
		this.server.put("db", json("app", "embedded-hidden-x").replace("127.0.0.1", "other"), "AWSPENDING");
		String other = this.server.stages("db").get("AWSPENDING");
		tryAgain(other, SINGLE);
		assertThat(this.log.messages()).containsExactly(
				"Rotation of db to version " + pending
						+ " failed in setSecret: The pending version is for user 'postgres'"
						+ " of 127.0.0.1, not for user 'app' of the same database",
				"Rotation of db to version " + other + " failed in setSecret: The pending version is for user 'app' of"
						+ " other, not for user 'app' of the same database");
		assertThat(logIn("AWSCURRENT")).isEqualTo("app accepted");
	}

	private String rotate(String rotationArn) throws InterruptedException {
		String version = this.server.startRotation("db", rotationArn);
		assertThat(this.server.rotations().await(LONG)).isTrue();
		return version;
	}

	private void tryAgain(String version, String rotationArn) throws InterruptedException {
		this.client.rotateSecret(
				(request) -> request.secretId("db").clientRequestToken(version).rotationLambdaARN(rotationArn));
		assertThat(this.server.rotations().await(LONG)).isTrue();
	}

	private String logIn(String stage) {
		DatabaseSecret secret = version(stage);
		return secret.username() + " " + logIn(secret.username(), secret.password());
	}

	private String logIn(String username, String password) {
		return database.logIn(username, password);
	}

	private DatabaseSecret version(String stage) {
		return DatabaseSecret
			.parse(this.client.getSecretValue((request) -> request.secretId("db").versionStage(stage)).secretString());
	}

}
