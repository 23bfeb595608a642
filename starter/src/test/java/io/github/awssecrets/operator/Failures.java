package io.github.awssecrets.operator;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.env.InProcessSecrets;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.InProcessRetrieval;
import io.github.awssecrets.testing.TestApplication;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A failure as it happens to an application that has one secret, and how it is repaired.
 */
abstract class Failures implements AutoCloseable {

	static final String SECRET = "prod/orders";

	private static final String BATCH = """
			{ "Effect": "Allow", "Action": "secretsmanager:BatchGetSecretValue", "Resource": "*" }
			""";

	final OperatedApplication application = new OperatedApplication();

	/**
	 * Return the failures.
	 * @return what makes each, by its title on the page
	 */
	static Map<String, Supplier<Failures>> all() {
		Map<String, Supplier<Failures>> failures = new LinkedHashMap<>();
		failures.put("Access denied", () -> new OfServer() {

			@Override
			void fail() {
				allow(BATCH);
			}

			/* As the answer says */
			@Override
			void mend() {
				String action = this.application.context()
					.getBean(SecretsEndpoint.class)
					.secrets()
					.secrets()
					.get(0)
					.lastPoll()
					.action();
				allow(BATCH, action.substring(action.indexOf('{'), action.lastIndexOf('}') + 1));
			}

		});
		failures.put("KMS key may not be used", () -> new OfServer() {

			private static final String SECRETS = """
					{ "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*" }
					""";

			@Override
			void fail() {
				this.application.context()
					.getBean(SecretsManagerClient.class)
					.updateSecret((request) -> request.secretId(SECRET).kmsKeyId("1234abcd"));
				allow(BATCH, SECRETS);
			}

			@Override
			void mend() {
				allow(BATCH, SECRETS, """
						{
						  "Effect": "Allow",
						  "Action": "kms:Decrypt",
						  "Resource": "arn:aws:kms:eu-west-1:123456789012:key/1234abcd"
						}
						""");
			}

		});
		failures.put("KMS key disabled", () -> new Faulty(Fault.decryptionFailure().forSecret(SECRET)));
		failures.put("Secret scheduled for deletion", () -> new OfServer() {

			@Override
			void fail() {
				this.application.server.delete(SECRET, 7);
			}

			@Override
			void mend() {
				this.application.server.restore(SECRET);
			}

		});
		failures.put("Secret gone", () -> new OfServer() {

			@Override
			void fail() {
				this.application.server.delete(SECRET);
			}

			@Override
			void mend() {
				this.application.server.create(SECRET, Canary.json(SECRET, 2, "password"));
			}

		});
		failures.put("Throttled", Throttled::new);
		failures.put("AWS not reachable", () -> new OfServer() {

			@Override
			void fail() {
				this.application.stopServer();
			}

			@Override
			void mend() {
				this.application.restartServer();
				createSecret();
			}

		});
		failures.put("Expired credentials", () -> new OfServer() {

			@Override
			void fail() {
				this.application.server.accessKeys().expire("test");
			}

			@Override
			void mend() {
				this.application.server.accessKeys().allowAll();
			}

		});
		failures.put("Malformed rotation",
				() -> new Rotated(Canary.value(SECRET, 2), Canary.json(SECRET, 3, "password")));
		failures.put("Key gone",
				() -> new Rotated(Canary.json(SECRET, 2, "passwort"), Canary.json(SECRET, 3, "password")));
		failures.put("Bean that rejects a version",
				() -> new Rotated(Canary.json(SECRET, 2, "password"), Canary.json(SECRET, 3, "password")) {

					@Override
					void customize(TestApplication app) {
						super.customize(app);
						app.classes(Beans.class);
					}

				});
		failures.put("Database refuses every version", Refused::new);
		return failures;
	}

	/**
	 * Start the application.
	 * @param directory an empty directory
	 * @return the application, after its first poll
	 */
	OperatedApplication start(Path directory) {
		createSecret();
		return this.application.start(directory, this::customize);
	}

	void createSecret() {
		this.application.server.create(SECRET, Canary.json(SECRET, 1, "password"));
	}

	void customize(TestApplication app) {
		app.yaml("""
				orders:
				  password: $<secret:prod/orders.password>
				""")
			.arguments("--logging.pattern.console=%p %m%n", "--logging.level.root=off",
					"--logging.level.io.github.awssecrets=info");
	}

	/**
	 * Allow the application nothing but this.
	 */
	final void allow(String... statements) {
		this.application.server.policy("""
				{ "Version": "2012-10-17", "Statement": [ %s ] }
				""".formatted(String.join(",", statements)));
	}

	abstract void happen() throws Exception;

	abstract void repair() throws Exception;

	final void poll() {
		this.application.time.advance(OperatedApplication.INTERVAL);
	}

	@Override
	public void close() {
		this.application.close();
		// Boot hands the pattern to the next application in this JVM otherwise
		System.clearProperty(LoggingSystemProperty.CONSOLE_PATTERN.getEnvironmentVariableName());
	}

	/**
	 * A failure that a poll of the server notices.
	 */
	private abstract static class OfServer extends Failures {

		abstract void fail();

		abstract void mend();

		@Override
		void happen() {
			fail();
			poll();
		}

		@Override
		void repair() {
			mend();
			poll();
		}

	}

	private static final class Faulty extends OfServer {

		private final Fault fault;

		Faulty(Fault fault) {
			this.fault = fault;
		}

		@Override
		void fail() {
			this.application.server.faults().add(this.fault);
		}

		@Override
		void mend() {
			this.application.server.faults().clear();
		}

	}

	private static class Rotated extends OfServer {

		private final String bad;

		private final String good;

		Rotated(String bad, String good) {
			this.bad = bad;
			this.good = good;
		}

		@Override
		void fail() {
			this.application.server.put(SECRET, this.bad);
		}

		@Override
		void mend() {
			this.application.server.put(SECRET, this.good);
		}

	}

	/**
	 * Without a server, as who is throttled is tried again for ten real seconds.
	 */
	private static final class Throttled extends Failures {

		private final InProcessRetrieval retrieval = new InProcessRetrieval().secret(SECRET,
				Canary.json(SECRET, 1, "password"));

		@Override
		void customize(TestApplication app) {
			super.customize(app);
			app.customize((spring) -> InProcessSecrets.use(spring, this.retrieval));
		}

		@Override
		void happen() {
			this.retrieval.failure(SECRET, Cause.THROTTLED);
			poll();
		}

		@Override
		void repair() {
			this.retrieval.repair(SECRET);
			poll();
		}

	}

	/**
	 * A database whose password somebody changed without changing the secret.
	 */
	private static final class Refused extends Failures {

		private static final String URL = "jdbc:h2:mem:operations;DB_CLOSE_DELAY=-1";

		private static final String OWNER = Canary.value("owner", 1);

		@Override
		void customize(TestApplication app) {
			super.customize(app);
			execute("CREATE USER APP PASSWORD '%s' ADMIN".formatted(password()));
			app.jdbc()
				.yaml("""
						spring:
						  datasource:
						    url: %s
						    username: app
						    password: $<secret:prod/orders.password>
						    hikari.connection-timeout: 250
						  # Nobody opens the pool before the test does
						  sql.init.mode: never
						""".formatted(URL))
				.arguments("--spring.autoconfigure.exclude=" + HibernateJpaAutoConfiguration.class.getName() + ","
						+ DataJpaRepositoriesAutoConfiguration.class.getName());
		}

		private static String password() {
			return Canary.value(SECRET + ".password", 1).replace("'", "''");
		}

		private static void execute(String sql) {
			try (Connection connection = DriverManager.getConnection(URL, "SA", OWNER);
					Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("The database did not do it: SQLState " + ex.getSQLState());
			}
		}

		@Override
		void happen() throws Exception {
			execute("ALTER USER APP SET PASSWORD '%s'".formatted(OWNER.replace("'", "''")));
			// The pool starts with a login on this thread
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(this.application.context().getBean(DataSource.class)::getConnection);
		}

		@Override
		void repair() throws Exception {
			assertHealthOfDatabase(Status.DOWN);
			execute("ALTER USER APP SET PASSWORD '%s'".formatted(password()));
			DataSource pool = this.application.context().getBean(DataSource.class);
			Awaitility.await().ignoreExceptions().untilAsserted(() -> {
				try (Connection connection = pool.getConnection()) {
					assertThat(connection.isValid(1)).isTrue();
				}
			});
			assertHealthOfDatabase(Status.UP);
		}

		private void assertHealthOfDatabase(Status status) {
			assertThat(this.application.context().getBean(HealthEndpoint.class).healthForPath("db").getStatus())
				.isEqualTo(status);
		}

		@Override
		public void close() {
			super.close();
			execute("SHUTDOWN");
		}

	}

	/**
	 * A bean that takes any password but that of the second version.
	 */
	@ConfigurationProperties("orders")
	public static class Orders implements Validator {

		private String password;

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
		}

		@Override
		public boolean supports(Class<?> type) {
			return type == Orders.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			if (Canary.value(SECRET + ".password", 2).equals(((Orders) target).getPassword())) {
				errors.rejectValue("password", "weak", "is too weak");
			}
		}

	}

	@EnableConfigurationProperties(Orders.class)
	static class Beans {

	}

}
