package io.github.awssecrets.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/**
 * Thrown instead of an exception of Boot's where properties that come from secrets cannot
 * be bound or are invalid. Has no cause, since that shows the values.
 */
final class SecretBindException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<SecretFinding> findings;

	private SecretBindException(String message, List<SecretFinding> findings) {
		super(message);
		this.findings = findings.stream()
			.sorted(Comparator.comparing(SecretFinding::property).thenComparing(SecretFinding::reason))
			.toList();
	}

	static SecretBindException ofConversion(ConfigurationProperty property, Bindable<?> target) {
		Class<?> type = target.getType().resolve(Object.class);
		String reason = "it cannot be converted to " + target.getType();
		if (type.getEnumConstants() != null) {
			reason += Stream.of(type.getEnumConstants())
				.map(String::valueOf)
				.collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new),
						(names) -> ", whose values are " + String.join(", ", names)));
		}
		return new SecretBindException(
				"%s comes from a secret and cannot be converted to %s".formatted(property.getName(), target.getType()),
				List.of(SecretFinding.of(property, reason)));
	}

	static SecretBindException ofRefusal(Collection<ConfigurationProperty> properties, Bindable<?> target,
			Throwable refusal) {
		Throwable root = refusal;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String reason = "%s refused its values: %s, whose message is not shown, as it may hold them"
			.formatted(target.getType(), root.getClass().getName());
		return new SecretBindException(
				"%s refused its values, some of which come from secrets, with %s".formatted(target.getType(),
						root.getClass().getName()),
				properties.stream().map((property) -> SecretFinding.of(property, reason)).toList());
	}

	static SecretBindException of(SecretFinding finding) {
		return new SecretBindException("%s comes from a secret, and its value is invalid".formatted(finding.property()),
				List.of(finding));
	}

	static SecretBindException ofUnbound(UnboundConfigurationPropertiesException unbound) {
		return new SecretBindException(String.valueOf(unbound.getMessage()),
				unbound.getUnboundProperties()
					.stream()
					.map((property) -> SecretFinding.of(property, String.valueOf(unbound.getMessage())))
					.toList());
	}

	static SecretBindException ofValidation(ValidationErrors errors) {
		ValidationFindings validation = new ValidationFindings(errors);
		List<SecretFinding> findings = new ArrayList<>();
		errors.forEach((error) -> findings.add(validation.finding(error)));
		return new SecretBindException(
				"The properties under %s, some of which come from secrets, are invalid".formatted(errors.getName()),
				findings);
	}

	List<SecretFinding> getFindings() {
		return this.findings;
	}

}
