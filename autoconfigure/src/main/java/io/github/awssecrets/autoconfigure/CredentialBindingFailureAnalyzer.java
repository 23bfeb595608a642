package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.credentials.CredentialBindingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a consumer of credentials cannot be given any.
 */
class CredentialBindingFailureAnalyzer extends AbstractFailureAnalyzer<CredentialBindingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CredentialBindingException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.getAction(), cause);
	}

}
