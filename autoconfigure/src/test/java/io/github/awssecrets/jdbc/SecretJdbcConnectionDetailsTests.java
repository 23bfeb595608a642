package io.github.awssecrets.jdbc;

import java.time.Duration;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.InProcessRetrieval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecretJdbcConnectionDetails}.
 */
class SecretJdbcConnectionDetailsTests {

	private static final String PASSWORD = Canary.value("prod/db.password", 1);

	@ParameterizedTest
	@CsvSource({ "postgres, jdbc:postgresql://db.example.com:4711/orders",
			"aurora-postgresql, jdbc:postgresql://db.example.com:4711/orders",
			"mysql, jdbc:mysql://db.example.com:4711/orders", "aurora-mysql, jdbc:mysql://db.example.com:4711/orders",
			"mariadb, jdbc:mariadb://db.example.com:4711/orders",
			"oracle, jdbc:oracle:thin:@//db.example.com:4711/orders",
			"oracle-ee, jdbc:oracle:thin:@//db.example.com:4711/orders",
			"sqlserver, jdbc:sqlserver://db.example.com:4711;databaseName={orders}",
			"sqlserver-ex, jdbc:sqlserver://db.example.com:4711;databaseName={orders}",
			"db2, jdbc:db2://db.example.com:4711/orders", "redshift, jdbc:redshift://db.example.com:4711/orders" })
	void urlWhenEngineIsKnownIsThatOfItsDriver(String engine, String url) {
		SecretJdbcConnectionDetails details = details(json(
				"\"engine\":\"%s\",\"host\":\"db.example.com\",\"port\":4711,\"dbname\":\"orders\"".formatted(engine)));
		assertThat(details.getJdbcUrl()).isEqualTo(url);
		assertThat(details.getUsername()).isEqualTo("app");
		assertThat(PASSWORD.equals(details.getPassword())).isTrue();
		assertThat(details.getDriverClassName()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"\"engine\":\"postgres\",\"host\":\"db\",\"port\":\"5433\",\"dbname\":\"a\" | jdbc:postgresql://db:5433/a",
			"\"engine\":\"postgres\",\"host\":\"db\",\"dbname\":\"a\" | jdbc:postgresql://db:5432/a",
			"\"engine\":\"Postgres\",\"host\":\"2001:db8::1\",\"dbname\":\"a\" | jdbc:postgresql://[2001:db8::1]:5432/a",
			"\"engine\":\"mysql\",\"host\":\"db\" | jdbc:mysql://db:3306/",
			"\"engine\":\"sqlserver\",\"host\":\"db\" | jdbc:sqlserver://db:1433",
			"\"engine\":\"sqlserver\",\"host\":\"db\",\"dbname\":\"a};b={c\" | jdbc:sqlserver://db:1433;databaseName={a}};b={c}",
			"\"engine\":\"postgres\",\"host\":\"db\",\"dbname\":\"a?user=x/ä\" | jdbc:postgresql://db:5432/a%3Fuser%3Dx%2F%C3%A4" })
	void urlWhenPartsAreUnusualIsStillThatDatabase(String keys, String url) {
		assertThat(details(json(keys)).getJdbcUrl()).isEqualTo(url);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 65_535 })
	void urlWhenPortIsAtItsLimitHasIt(int port) {
		assertThat(details(json("\"engine\":\"mysql\",\"host\":\"db\",\"port\":%d".formatted(port))).getJdbcUrl())
			.isEqualTo("jdbc:mysql://db:%d/".formatted(port));
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgres", "oracle", "db2", "redshift" })
	void detailsWhenEngineNeedsNameOfDatabaseAsksForIt(String engine) {
		assertThatExceptionOfType(JdbcSecretException.class)
			.isThrownBy(() -> details(json("\"engine\":\"%s\",\"host\":\"db\"".formatted(engine))))
			.withMessageStartingWith("prod/db has no key 'dbname'.");
	}

	@Test
	void detailsWhenEngineIsUnknownListsKnownOnes() {
		assertThatExceptionOfType(JdbcSecretException.class)
			.isThrownBy(() -> details(json("\"engine\":\"docdb\",\"host\":\"db\",\"dbname\":\"a\"")))
			.withMessage("prod/db names an engine that is not known.")
			.satisfies((ex) -> assertThat(ex.getAction()).isEqualTo(
					"Known are: postgres, postgresql, aurora-postgresql, mysql, aurora-mysql, aurora, mariadb, oracle, "
							+ "oracle-ee, oracle-se2, oracle-ee-cdb, oracle-se2-cdb, sqlserver, sqlserver-ee, "
							+ "sqlserver-se, sqlserver-ex, sqlserver-web, db2, db2-ae, db2-se, redshift. For another one "
							+ "set spring.datasource.url, remove aws.secrets.jdbc.secret, and name the secret in "
							+ "aws.secrets.jdbc.data-sources.dataSource."));
	}

	@Test
	void detailsWhenKeyIsMissingNamesThoseThereAre() {
		assertThatExceptionOfType(JdbcSecretException.class)
			.isThrownBy(() -> details(json("\"engine\":\"postgres\",\"dbname\":\"a\"")))
			.withMessage("prod/db has no key 'host'. Its keys: dbname, engine, password, username.")
			.satisfies((ex) -> assertThat(ex.getAction()).isEqualTo(
					"Add the key to the secret, or set spring.datasource.url, remove aws.secrets.jdbc.secret, and "
							+ "name the secret in aws.secrets.jdbc.data-sources.dataSource."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "\"host\":\"db/x?user=evil\" | host", "\"host\":\"db;a=b\" | host",
					"\"host\":\"db,other\" | host",
					"\"host\":\"db\",\"port\":\"5432/x\" | port: it is a number up to 65535",
					"\"host\":\"db\",\"port\":0 | port: it is a number up to 65535",
					"\"host\":\"db\",\"port\":65536 | port: it is a number up to 65535" })
	void detailsWhenHostOrPortIsNoneAreRefused(String keys, String what) {
		assertThatExceptionOfType(JdbcSecretException.class)
			.isThrownBy(() -> details(json("\"engine\":\"postgres\",\"dbname\":\"a\"," + keys)))
			.withMessage("prod/db has no valid %s.".formatted(what));
	}

	private static String json(String keys) {
		return "{%s,\"username\":\"app\",\"password\":\"%s\"}".formatted(keys, PASSWORD.replace("\"", "\\\""));
	}

	private static SecretJdbcConnectionDetails details(String secret) {
		InProcessRetrieval retrieval = new InProcessRetrieval().secret("prod/db", secret);
		return new SecretJdbcConnectionDetails(new SecretSnapshots(() -> retrieval, Duration.ofSeconds(1)),
				SecretSelector.current(new SecretId("prod/db")));
	}

}
