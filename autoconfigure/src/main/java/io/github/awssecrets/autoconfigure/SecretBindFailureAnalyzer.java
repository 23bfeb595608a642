package io.github.awssecrets.autoconfigure;

import java.util.stream.Collectors;

import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
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
		SecretBindException exception = (findCause(cause, UnresolvedReferenceException.class) != null) ? null
				: withoutValues(cause);
		if (exception == null) {
			return null;
		}
		String description = exception.getFindings()
			.stream()
			.map(SecretFinding::toString)
			.collect(Collectors.joining("%n%n".formatted(), "Failed to bind properties under '%s' to %s:%n%n"
				.formatted(cause.getName(), cause.getTarget().getType()), ""));
		// The cause is logged at level DEBUG, and that of an unaware binder has the value
		return new FailureAnalysis(description, "Correct the secret, the reference, or the type of the property.",
				exception);
	}

	private @Nullable SecretBindException withoutValues(BindException cause) {
		SecretBindException known = findCause(cause, SecretBindException.class);
		if (known != null) {
			return known;
		}
		BindValidationException validation = findCause(cause, BindValidationException.class);
		if (validation != null) {
			ValidationErrors errors = validation.getValidationErrors();
			return errors.getBoundProperties().stream().anyMatch((property) -> SecretOrigins.find(property) != null)
					? SecretBindException.ofValidation(errors) : null;
		}
		ConfigurationProperty property = cause.getProperty();
		return (property != null && SecretOrigins.find(property) != null)
				? SecretBindException.ofConversion(property, cause.getTarget()) : null;
	}

}
