package io.github.awssecrets.autoconfigure;

import java.util.List;

import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that a property which comes from a secret cannot be bound or is invalid,
 * before Boot's own analyzer would show its value.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (findCause(cause, UnresolvedReferenceException.class) != null) {
			return null;
		}
		SecretBindException known = findCause(cause, SecretBindException.class);
		List<String> findings = (known != null) ? known.getFindings() : conversion(cause);
		if (findings.isEmpty()) {
			return null;
		}
		String message = (known != null) ? known.getMessage() : cause.getMessage();
		return new FailureAnalysis("%s:%n%n%s".formatted(message, String.join("%n%n".formatted(), findings)),
				"Correct the secret, the reference, or the type of the property", cause);
	}

	private static List<String> conversion(BindException cause) {
		return (SecretOrigins.find(cause.getProperty()) != null && cause.getProperty() != null)
				? List.of(SecretBindException.conversion(cause.getProperty(), cause.getTarget())) : List.of();
	}

}
