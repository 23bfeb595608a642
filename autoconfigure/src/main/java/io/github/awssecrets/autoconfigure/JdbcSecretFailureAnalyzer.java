package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.jdbc.JdbcSecretException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the secret of {@code aws.secrets.jdbc.secret} does not say where the
 * database is.
 */
class JdbcSecretFailureAnalyzer extends AbstractFailureAnalyzer<JdbcSecretException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, JdbcSecretException cause) {
		return new FailureAnalysis(
				"aws.secrets.jdbc.secret names a secret that does not say where the database is: " + cause.getMessage(),
				cause.getAction(), cause);
	}

}
