package io.github.awssecrets.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.awssecrets.env.SecretOrigins;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Describes violated constraints: with their messages, unless these hold a value of a
 * secret, and with the values of other properties.
 */
final class ValidationFindings {

	/* From how many characters on a part of a value gives something away */
	private static final int TELLING_LENGTH = 6;

	private final ConfigurationPropertyName name;

	private final List<ConfigurationProperty> secrets;

	private final Set<String> values;

	ValidationFindings(ValidationErrors errors) {
		this.name = errors.getName();
		this.secrets = errors.getBoundProperties()
			.stream()
			.filter((property) -> SecretOrigins.find(property) != null)
			.toList();
		this.values = this.secrets.stream()
			.map((property) -> String.valueOf(property.getValue()))
			.filter((value) -> !value.isEmpty())
			.collect(Collectors.toSet());
	}

	SecretFinding finding(ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return new SecretFinding(this.name.toString(), null, null, reason(error));
		}
		ConfigurationPropertyName property = this.name.append(DataObjectPropertyName.toDashedForm(field.getField()));
		List<ConfigurationProperty> within = this.secrets.stream()
			.filter((secret) -> property.equals(secret.getName()) || property.isAncestorOf(secret.getName()))
			.toList();
		Origin origin = (within.size() == 1) ? within.get(0).getOrigin() : Origin.from(error);
		boolean secret = !within.isEmpty() || holdsSecret(String.valueOf(field.getRejectedValue()));
		return new SecretFinding(property.toString(), secret ? null : String.valueOf(field.getRejectedValue()), origin,
				reason(error));
	}

	private String reason(ObjectError error) {
		String message = error.getDefaultMessage();
		String constraint = Objects.requireNonNullElse(error.getCode(), "a constraint");
		return (message != null && !holdsSecret(message)) ? message
				: "it violates %s, whose message is not shown, as it holds the value".formatted(constraint);
	}

	private boolean holdsSecret(String text) {
		return this.values.stream().anyMatch((value) -> holds(text, value));
	}

	/**
	 * Return whether a text has a value, or a part of a longer one, in it. Who writes a
	 * message may shorten or escape the value.
	 */
	private static boolean holds(String text, String value) {
		int length = Math.min(value.length(), TELLING_LENGTH);
		for (int i = 0; i + length <= text.length(); i++) {
			if (value.contains(text.substring(i, i + length))) {
				return true;
			}
		}
		return false;
	}

}
