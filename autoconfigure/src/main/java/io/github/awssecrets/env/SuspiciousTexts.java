package io.github.awssecrets.env;

import java.util.HashSet;
import java.util.Set;

import io.github.awssecrets.reference.NearMiss;
import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Warns, once each, of texts that look like references but stay text.
 */
final class SuspiciousTexts {

	private static final Log logger = LogFactory.getLog(SuspiciousTexts.class);

	private static final String SPRING_PLACEHOLDER = "${secret:";

	private final ReferenceSyntax syntax;

	private final Set<String> warned = new HashSet<>();

	private boolean placeholderWarned;

	SuspiciousTexts(ReferenceSyntax syntax) {
		this.syntax = syntax;
	}

	synchronized void warn(SourceProperties properties) {
		for (PropertySource<?> source : properties.sources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					String text = SourceProperty.textOf(enumerable, name);
					if (!name.isEmpty() && text != null && isSuspicious(text)) {
						warn(SourceProperty.of(enumerable, name, text));
					}
				}
			}
		}
	}

	private static boolean isSuspicious(String text) {
		return text.indexOf('$') != -1
				&& (text.contains(SPRING_PLACEHOLDER) || !ReferenceText.nearMisses(text).isEmpty());
	}

	private void warn(SourceProperty property) {
		for (NearMiss nearMiss : ReferenceText.nearMisses(property.text())) {
			warn("%s in %s, column %d: '%s' is no reference and stays text. Write $<secret:name.key>"
				.formatted(property.name(), Locations.describe(property), nearMiss.column(), nearMiss.text()));
		}
		warnOfPlaceholder(property);
	}

	/**
	 * Warn of a placeholder of Spring's that looks like a reference, once for all of
	 * them. What follows the colon is not shown: it may be a default, and so a password.
	 * @param property the property or annotation
	 */
	synchronized void warnOfPlaceholder(SourceProperty property) {
		if (!this.placeholderWarned && !this.syntax.heedsPlaceholders()
				&& hasPlaceholderLikeReference(property.text())) {
			this.placeholderWarned = true;
			logger.warn("%s in %s: ${secret:...} is a placeholder of Spring's, not a reference. Write "
				.formatted(property.name(), Locations.describe(property))
					+ "$<secret:name.key>, or set aws.secrets.spring-placeholders=true. Others are not warned of");
		}
	}

	/**
	 * Return whether a placeholder of Spring's names something that looks like a secret,
	 * with a dot or slash. Takes time in proportion to the length of the text.
	 */
	private static boolean hasPlaceholderLikeReference(String text) {
		int start = text.indexOf(SPRING_PLACEHOLDER);
		while (start != -1) {
			int end = text.indexOf('}', start);
			if (end == -1) {
				return false;
			}
			String name = text.substring(start, end);
			if (name.indexOf('.') != -1 || name.indexOf('/') != -1) {
				return true;
			}
			start = text.indexOf(SPRING_PLACEHOLDER, end);
		}
		return false;
	}

	private void warn(String message) {
		if (this.warned.add(message)) {
			logger.warn(message);
		}
	}

}
