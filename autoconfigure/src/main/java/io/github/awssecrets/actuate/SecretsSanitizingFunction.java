package io.github.awssecrets.actuate;

import io.github.awssecrets.env.ShownProperties;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.core.Ordered;

/**
 * Masks what comes from secrets in the answers of the {@code env} and {@code configprops}
 * endpoints, whatever these may show. The first of all functions: what another one leaves
 * of a value could not be told any more.
 */
public final class SecretsSanitizingFunction implements SanitizingFunction, Ordered {

	private final ShownProperties properties;

	/**
	 * Create a function.
	 * @param properties the properties of the application
	 */
	public SecretsSanitizingFunction(ShownProperties properties) {
		this.properties = properties;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		String masked = (value != null) ? this.properties.masked(data.getPropertySource(), data.getKey(), value) : null;
		return (masked != null) ? data.withValue(masked) : data;
	}

}
