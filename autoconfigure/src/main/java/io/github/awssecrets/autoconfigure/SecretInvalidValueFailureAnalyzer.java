package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretOrigins;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Explains that some code refused the value of a property which comes from a secret,
 * before Boot's own analyzer would show it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecretInvalidValueFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	private final @Nullable Environment environment;

	SecretInvalidValueFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		Origin origin = secretOrigin(cause.getName());
		if (origin == null) {
			return null;
		}
		String value = String.valueOf(cause.getValue());
		String reason = String.valueOf(cause.getReason());
		SecretFinding finding = new SecretFinding(cause.getName(), null, origin, (cause.getReason() == null)
				? "not given" : reason.contains(value) ? "not shown, as it holds the value" : reason);
		return new FailureAnalysis("A property has an invalid value:%n%n%s".formatted(finding),
				"Correct the secret or the reference.", SecretBindException.of(finding));
	}

	private @Nullable Origin secretOrigin(String name) {
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				Origin origin = OriginLookup.getOrigin(source, name);
				if (SecretOrigins.find(origin) != null) {
					return origin;
				}
			}
		}
		return null;
	}

}
