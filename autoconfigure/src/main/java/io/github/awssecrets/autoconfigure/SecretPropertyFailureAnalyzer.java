package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretPropertyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that no property can be called {@code secret} where <code>${secret:...}</code>
 * is a reference.
 */
class SecretPropertyFailureAnalyzer extends AbstractFailureAnalyzer<SecretPropertyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretPropertyException cause) {
		return new FailureAnalysis(
				"Property '%s' is set in %s. As aws.secrets.spring-placeholders is true, ${secret:...} is a reference to a secret, and never this property with a default."
					.formatted(cause.getProperty(), cause.getLocation()),
				"Rename the property, or remove aws.secrets.spring-placeholders and write references as $<secret:...>.",
				cause);
	}

}
