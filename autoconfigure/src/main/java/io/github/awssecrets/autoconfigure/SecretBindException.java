package io.github.awssecrets.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Thrown instead of an exception of Boot's where properties that come from secrets cannot
 * be bound or are invalid. Has no cause, since that shows the values.
 */
final class SecretBindException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> findings;

	private SecretBindException(String message, List<String> findings) {
		super(message);
		this.findings = findings;
	}

	static SecretBindException ofConversion(ConfigurationProperty property, Bindable<?> target) {
		return new SecretBindException(
				"The value of %s, which comes from a secret, does not fit its type".formatted(property.getName()),
				List.of(conversion(property, target)));
	}

	static String conversion(ConfigurationProperty property, Bindable<?> target) {
		return finding(property.getName().toString(), property.getOrigin(),
				"cannot be converted to " + target.getType());
	}

	static SecretBindException ofValidation(ValidationErrors errors) {
		List<String> findings = new ArrayList<>();
		for (ObjectError error : errors) {
			String property = (error instanceof FieldError field) ? errors.getName() + "." + field.getField()
					: errors.getName().toString();
			findings.add(finding(property, Origin.from(error), reason(error)));
		}
		return new SecretBindException(
				"The properties under %s, some of which come from secrets, are invalid".formatted(errors.getName()),
				findings);
	}

	/**
	 * Return the constraint that is broken, with its message unless that has the value in
	 * it.
	 */
	private static String reason(ObjectError error) {
		String message = error.getDefaultMessage();
		Object rejected = (error instanceof FieldError field) ? field.getRejectedValue() : null;
		String constraint = Objects.requireNonNullElse(error.getCode(), "a constraint");
		boolean safe = message != null && (rejected == null || rejected.toString().isEmpty()
				|| (isText(rejected) && !message.contains(rejected.toString())));
		return safe ? "violates %s: %s".formatted(constraint, message) : "violates " + constraint;
	}

	private static boolean isText(Object rejected) {
		return rejected instanceof CharSequence || rejected instanceof Number;
	}

	private static String finding(String property, @Nullable Origin origin, String reason) {
		return "    Property: %s%n    Value: not shown, it may come from a secret%n    Origin: %s%n    Reason: %s"
			.formatted(property, (origin != null) ? origin : "unknown", reason);
	}

	List<String> getFindings() {
		return this.findings;
	}

}
