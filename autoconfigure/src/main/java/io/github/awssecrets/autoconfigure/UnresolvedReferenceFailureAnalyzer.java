package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.UnresolvedReferenceException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains which references could not be resolved, where each was written, why, and what
 * to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnresolvedReferenceFailureAnalyzer extends AbstractFailureAnalyzer<UnresolvedReferenceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnresolvedReferenceException cause) {
		ReferenceReport report = new ReferenceReport(cause, rootFailure);
		return new FailureAnalysis(report.description(), report.action(), cause);
	}

}
