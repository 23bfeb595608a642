package io.github.awssecrets.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of how pools are found and made to follow rotations, against H2.
 */
class JdbcPoolIntegrationTests extends AbstractApplicationTests {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private final DrivenTime time = new DrivenTime();

	@ParameterizedTest
	@ValueSource(strings = { """
			spring.datasource:
			  url: jdbc:h2:mem:orders
			  username: $<secret:prod/orders.username>
			  password: $<secret:prod/orders.password>
			""", """
			spring.datasource:
			  url: jdbc:h2:mem:orders
			  username: APP
			  hikari.password: $<secret:prod/orders.password>
			""", """
			database.password: $<secret:prod/orders.password>
			spring.datasource:
			  url: jdbc:h2:mem:orders
			  username: APP
			  password: ${database.password}
			""", """
			spring.config.import: "secret:prod/orders?prefix=spring.datasource."
			spring.datasource.url: jdbc:h2:mem:orders
			""", """
			aws.secrets.jdbc.data-sources.data-source: prod/orders
			spring.datasource:
			  url: jdbc:h2:mem:orders
			""" })
	void poolWhenPasswordIsChangedFollows(String yaml) throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = application().jdbc().yaml(yaml).run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(user(pool)).isEqualTo("APP");
			orders.prepare();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThat(user(pool)).isEqualTo("APP");
			orders.finish();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThat(user(pool)).isEqualTo("APP");
		}
	}

	@Test
	void poolsWhenOfDifferentSecretsFollowTheirOwn() throws SQLException {
		try (Database orders = new Database("orders");
				Database stock = new Database("stock");
				Database users = new Database("users");
				ConfigurableApplicationContext context = watched().yaml("""
						app:
						  orders:
						    url: jdbc:h2:mem:orders
						    username: $<secret:prod/orders.username>
						    password: $<secret:prod/orders.password>
						  stock:
						    jdbc-url: jdbc:h2:mem:stock
						    username: $<secret:prod/stock.username>
						    password: $<secret:prod/stock.password>
						  login:
						    user: $<secret:prod/users.username>
						    secret: $<secret:prod/users.password>
						""").classes(ThreePools.class).run()) {
			HikariDataSource ordersPool = context.getBean("orders", HikariDataSource.class);
			HikariDataSource stockPool = context.getBean("stock", HikariDataSource.class);
			HikariDataSource usersPool = context.getBean("users", HikariDataSource.class);
			assertThat(user(ordersPool) + user(stockPool) + user(usersPool)).isEqualTo("APPAPPAPP");
			int ordersSession = session(ordersPool);
			int usersSession = session(usersPool);
			try (Connection inUse = stockPool.getConnection()) {
				int before = session(inUse);
				stock.prepare();
				stock.finish();
				this.time.advance(INTERVAL);
				assertThat(session(inUse)).as("in use").isEqualTo(before);
				assertThat(session(stockPool)).as("new").isNotEqualTo(before);
			}
			assertThat(session(ordersPool)).as("of another secret").isEqualTo(ordersSession);
			orders.prepare();
			users.prepare();
			ordersPool.getHikariPoolMXBean().softEvictConnections();
			usersPool.getHikariPoolMXBean().softEvictConnections();
			assertThat(user(ordersPool) + user(usersPool)).isEqualTo("APPAPP");
			assertThat(session(usersPool)).isNotEqualTo(usersSession);
		}
	}

	@Test
	void poolWhenRefreshedStaysTheSame(CapturedOutput output) throws SQLException {
		try (Database orders = new Database("orders"); ConfigurableApplicationContext context = watched().yaml("""
				spring.cloud.refresh.never-refreshable: com.example.Other
				spring.datasource:
				  url: jdbc:h2:mem:orders
				  username: $<secret:prod/orders.username>
				  hikari.password: $<secret:prod/orders.password>
				""").run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			try (Connection inUse = pool.getConnection()) {
				orders.prepare();
				orders.finish();
				this.time.advance(INTERVAL);
				assertThat(session(inUse)).isPositive();
			}
			assertThat(context.getBean(HikariDataSource.class)).isSameAs(pool);
			assertThat(output).containsOnlyOnce(" - Start completed.");
			assertThat(pool.isClosed()).isFalse();
			assertThat(user(pool)).isEqualTo("APP");
		}
	}

	@Test
	void poolWhenNothingRotatesAsksNobody() throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references(orders.name).run()) {
			server.clearCalls();
			for (int i = 0; i < 5; i++) {
				user(context.getBean(HikariDataSource.class));
				context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
			}
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void poolWhenPendingIsDeniedSaysSoOnce(CapturedOutput output) throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references("orders").run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			user(pool);
			server.faults().add(Fault.denied().onOperation("GetSecretValue"));
			orders.prepare();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
			Awaitility.await().until(() -> output.toString().contains("may not be retrieved"));
			server.faults().clear();
			orders.finish();
			awaitLogin(pool);
			server.faults().add(Fault.denied().onOperation("GetSecretValue"));
			orders.prepare();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection);
			assertThat(output).containsOnlyOnce(
					"The version that a rotation prepares (AWSPENDING) of secret prod/orders may not be retrieved. While "
							+ "a rotation changes a password, new connections of pool 'dataSource' may fail until it is "
							+ "finished. Allow secretsmanager:GetSecretValue on the secret for every version stage, or "
							+ "set aws.secrets.jdbc.pending=false.");
		}
	}

	@Test
	void poolWhenLoginsAreRetriedTellsListeners(CapturedOutput output) throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references("orders")
					.arguments("--spring.datasource.hikari.connection-timeout=30000")
					.classes(Retries.class, Broken.class)
					.run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			Retries retries = context.getBean(Retries.class);
			user(pool);
			assertThat(retries.told).isEmpty();
			orders.prepare();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThat(user(pool)).isEqualTo("APP");
			assertThat(retries.told).containsExactly("dataSource PENDING");
		}
		assertThat(output).containsOnlyOnce("A LoginRetryListener failed for pool 'dataSource'");
	}

	@ParameterizedTest
	@CsvSource({ "postgres, mysql", "db.example.com, evil.example.com", "5432, 5433" })
	void poolWhenPendingNamesAnotherEngineHostOrPortDoesNotUseIt(String own, String other) throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references("orders").run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			user(pool);
			String versionId = orders.prepare();
			assertThat(orders.json()).contains(own);
			server.put("prod/orders", orders.json().replace(own, other), "AWSPENDING");
			server.clearCalls();
			pool.getHikariPoolMXBean().softEvictConnections();
			for (int i = 0; i < 3; i++) {
				awaitRefusal(pool);
			}
			awaitVersionsOfEachLook(2);
			server.moveStage("prod/orders", "AWSCURRENT", versionId);
			awaitLogin(pool);
		}
	}

	@Test
	void poolWhenPendingIsForbiddenDoesNotAskForIt() throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references("orders")
					.arguments("--aws.secrets.jdbc.pending=false")
					.run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			user(pool);
			orders.prepare();
			server.clearCalls();
			pool.getHikariPoolMXBean().softEvictConnections();
			awaitRefusal(pool);
			awaitVersionsOfEachLook(1);
			orders.finish();
			awaitLogin(pool);
		}
	}

	@Test
	void poolWhenApplicationClassifiesFailuresAsksItFirst() throws SQLException {
		try (Database orders = new Database("orders");
				ConfigurableApplicationContext context = references("orders").classes(Locked.class, Retries.class)
					.run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			Locked locked = context.getBean(Locked.class);
			user(pool);
			assertThat(locked.asked).isEmpty();
			orders.prepare();
			pool.getHikariPoolMXBean().softEvictConnections();
			awaitRefusal(pool);
			assertThat(locked.asked).contains("H2 28000");
			assertThat(context.getBean(Retries.class).told).as("a locked account is not tried with another password")
				.doesNotContain("dataSource PENDING");
		}
	}

	/* H2 takes its time to refuse, and HikariCP does not wait for it */
	private static void awaitRefusal(DataSource pool) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection)
				.havingRootCause()
				.isInstanceOfSatisfying(SQLException.class,
						(cause) -> assertThat(cause.getSQLState()).isEqualTo("28000")));
	}

	/*
	 * AWSCURRENT, AWSPENDING if it is asked for, and AWSPREVIOUS, which there is none of
	 */
	private static void awaitVersionsOfEachLook(int versions) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			long looks = calls("ResourceNotFoundException");
			assertThat(looks).isPositive();
			assertThat(calls(Call.OK)).isEqualTo(versions * looks);
		});
	}

	private static long calls(String outcome) {
		return server.calls().stream().filter((call) -> call.outcome().equals(outcome)).count();
	}

	@Test
	void poolWhenNotOfSecretsIsLeftAlone(CapturedOutput output) throws SQLException {
		try (ConfigurableApplicationContext context = application().jdbc().yaml("""
				app.token: $<secret:prod/token:none>
				spring.datasource:
				  url: jdbc:h2:mem:plain
				  username: sa
				""").run()) {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(user(pool)).isEqualTo("SA");
			assertThat(pool.getDataSource()).isNull();
		}
		assertThat(output).doesNotContain("cannot follow rotations");
	}

	private TestApplication references(String name) {
		return application().jdbc().yaml("""
				spring.datasource:
				  url: jdbc:h2:mem:%1$s
				  username: $<secret:prod/%1$s.username>
				  password: $<secret:prod/%1$s.password>
				  hikari.connection-timeout: 300
				""".formatted(name));
	}

	private TestApplication watched() {
		return application().watched(this.time).jdbc();
	}

	/* HikariCP waits between attempts, and so do we */
	private static void awaitLogin(DataSource pool) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptionsInstanceOf(SQLException.class)
			.until(() -> user(pool).equals("APP"));
	}

	private static String user(DataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			return connection.getMetaData().getUserName();
		}
	}

	private static int session(DataSource pool) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			return session(connection);
		}
	}

	private static int session(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				var result = statement.executeQuery("SELECT SESSION_ID()")) {
			result.next();
			return result.getInt(1);
		}
	}

	/**
	 * A database, its secret, and the rotation of that.
	 */
	private static final class Database implements AutoCloseable {

		private final String name;

		private final Connection administrator;

		private int version = 1;

		private String versionId = "";

		Database(String name) throws SQLException {
			this.name = name;
			this.administrator = DriverManager.getConnection("jdbc:h2:mem:" + name, "APP", password());
			server.create("prod/" + name, json());
		}

		String prepare() throws SQLException {
			this.version++;
			this.versionId = server.put("prod/" + this.name, json(), "AWSPENDING");
			try (Statement statement = this.administrator.createStatement()) {
				statement.execute("ALTER USER APP SET PASSWORD '%s'".formatted(password()));
			}
			return this.versionId;
		}

		void finish() {
			server.moveStage("prod/" + this.name, "AWSCURRENT", this.versionId);
		}

		String password() {
			return new Secret(this.name, this.version).password();
		}

		String json() {
			return new Secret(this.name, this.version).json();
		}

		@Override
		public void close() throws SQLException {
			try (Statement statement = this.administrator.createStatement()) {
				statement.execute("SHUTDOWN");
			}
		}

		private record Secret(String name, int version) {

			String password() {
				return Canary.value("prod/" + this.name + ".password", this.version);
			}

			String json() {
				return "{\"engine\":\"postgres\",\"host\":\"db.example.com\",\"port\":5432,\"username\":\"APP\",\"password\":\"%s\"}"
					.formatted(password().replace("\"", "\\\""));
			}

		}

	}

	static final class Retries implements LoginRetryListener, Ordered {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Override
		public void retried(String dataSource, LoginRetryOutcome outcome) {
			this.told.add(dataSource + " " + outcome);
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static final class Locked implements LoginFailureClassifier {

		private final List<String> asked = new CopyOnWriteArrayList<>();

		@Override
		public LoginFailure classify(DatabaseDriver database, SQLException failure) {
			this.asked.add(database + " " + failure.getSQLState());
			return LoginFailure.LOCKED;
		}

	}

	static final class Broken implements LoginRetryListener {

		@Override
		public void retried(String dataSource, LoginRetryOutcome outcome) {
			throw new IllegalStateException("broken");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThreePools {

		@Bean
		@ConfigurationProperties("app.orders")
		DataSourceProperties ordersProperties() {
			return new DataSourceProperties();
		}

		@Bean
		HikariDataSource orders(@Qualifier("ordersProperties") DataSourceProperties properties) {
			return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		}

		@Bean
		@ConfigurationProperties("app.stock")
		HikariDataSource stock() {
			return DataSourceBuilder.create().type(HikariDataSource.class).build();
		}

		@Bean
		HikariDataSource users(Environment environment) {
			return DataSourceBuilder.create()
				.type(HikariDataSource.class)
				.url("jdbc:h2:mem:users")
				.username(environment.getProperty("app.login.user"))
				.password(environment.getProperty("app.login.secret"))
				.build();
		}

	}

}
