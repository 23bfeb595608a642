package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.EarlyReferences;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that a property which Spring Boot could not read holds a reference where none
 * can stand.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class EarlyReferenceFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		UnresolvedReferenceException exception = EarlyReferences.find(cause);
		if (exception == null) {
			return null;
		}
		ReferenceReport report = new ReferenceReport(exception, rootFailure);
		return new FailureAnalysis(report.description(), report.action(), cause);
	}

}
