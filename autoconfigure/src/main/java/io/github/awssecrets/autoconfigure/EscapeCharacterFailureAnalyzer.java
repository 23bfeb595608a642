package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.EscapeCharacterException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that Spring's escape character for placeholders cannot be changed where
 * secrets are referenced.
 */
class EscapeCharacterFailureAnalyzer extends AbstractFailureAnalyzer<EscapeCharacterException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EscapeCharacterException cause) {
		return new FailureAnalysis(
				"%s is set. Spring Boot's Binder escapes placeholders with a backslash all the same, "
					.formatted(cause.getSetting())
						+ "so that a secret with '${' in it could not reach every reader unchanged.",
				"Remove the setting from the system properties and from spring.properties.", cause);
	}

}
