package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.SecretOrigins;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;

/**
 * What is wrong with a property, in the words of Spring Boot's own reports, but without
 * the value if that comes from a secret.
 *
 * @param property the name of the property
 * @param value the value, or {@code null} if it must not be shown
 * @param origin where the property was written, or {@code null} if that is not known
 * @param reason what is wrong
 */
record SecretFinding(String property, @Nullable String value, @Nullable Origin origin, String reason) {

	static SecretFinding of(ConfigurationProperty property, String reason) {
		boolean secret = SecretOrigins.find(property) != null;
		return new SecretFinding(property.getName().toString(), secret ? null : String.valueOf(property.getValue()),
				property.getOrigin(), reason);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("    Property: %s%n".formatted(this.property));
		text.append((this.value != null) ? "    Value: \"%s\"%n".formatted(this.value)
				: "    Value: not shown, as it comes from a secret%n".formatted());
		if (this.origin != null) {
			text.append("    Origin: %s%n".formatted(this.origin));
		}
		return text.append("    Reason: ").append(this.reason).toString();
	}

}
