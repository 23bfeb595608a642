package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretConversionException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that a value from a secret does not fit the type of a reader.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretConversionFailureAnalyzer extends AbstractFailureAnalyzer<SecretConversionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SecretConversionException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Correct the secret, the reference, or the type of the reader.", cause);
	}

}
