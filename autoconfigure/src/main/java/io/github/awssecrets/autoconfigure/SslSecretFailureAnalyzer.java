package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.ssl.SslSecretException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a secret is not what an SSL bundle needs.
 */
class SslSecretFailureAnalyzer extends AbstractFailureAnalyzer<SslSecretException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SslSecretException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.getAction(), cause);
	}

}
