package io.github.awssecrets.sample.orders;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseProblem} and {@link DatabaseFailureAnalyzer}.
 */
class DatabaseProblemTests {

	@Test
	void describeWhenLoginIsRefusedSaysSo() {
		assertThat(DatabaseProblem.describe(noConnection("28P01")))
			.isEqualTo("The database refused the login (SQLState 28P01).");
	}

	@Test
	void describeWhenThereIsNoConnectionGivesTheState() {
		assertThat(DatabaseProblem.describe(noConnection("08001")))
			.isEqualTo("The database does not answer (SQLState 08001).");
	}

	@Test
	void describeWhenThereIsNoStateSaysLess() {
		assertThat(DatabaseProblem.describe(new QueryTimeoutException("private")))
			.isEqualTo("The database does not answer.");
	}

	@Test
	void analyzeSaysWhereToLook() {
		var analysis = new DatabaseFailureAnalyzer().analyze(new IllegalStateException(noConnection("08001")));
		assertThat(analysis.getDescription()).isEqualTo("The database does not answer (SQLState 08001).");
		assertThat(analysis.getAction())
			.isEqualTo("Check that the database of the secret prod/db (host, port, dbname) can be reached from here,"
					+ " and that it accepts the secret's username and password.");
	}

	private CannotGetJdbcConnectionException noConnection(String state) {
		SQLException refused = new SQLException("private", state);
		SQLException pool = new SQLTransientConnectionException("private", null, refused);
		return new CannotGetJdbcConnectionException("private", pool);
	}

}
