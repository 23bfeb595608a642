package io.github.awssecrets.sample.orders;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Says where to look when the application starts and its database does not answer.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<CannotGetJdbcConnectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CannotGetJdbcConnectionException cause) {
		return new FailureAnalysis(DatabaseProblem.describe(cause),
				"Check that the database of the secret prod/db (host, port, dbname) can be reached from here, and that"
						+ " it accepts the secret's username and password.",
				cause);
	}

}
