package io.github.awssecrets.refresh;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Thrown by a {@link RotationCheck} that finds versions that the application cannot take.
 */
public class RotationRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ConfigurationPropertyName prefix;

	private final String reason;

	/**
	 * Create an exception.
	 * @param prefix the prefix of the properties that cannot be taken
	 * @param reason why, as a clause that names properties and never values
	 */
	public RotationRefusedException(ConfigurationPropertyName prefix, String reason) {
		super("The properties under '%s' cannot be taken: %s".formatted(prefix, reason));
		this.prefix = prefix;
		this.reason = reason;
	}

	ConfigurationPropertyName prefix() {
		return this.prefix;
	}

	/**
	 * Return why.
	 * @return a clause without values
	 */
	public String getReason() {
		return this.reason;
	}

}
