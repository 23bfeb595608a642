package io.github.awssecrets.env;

/**
 * Thrown where Spring's escape character for placeholders is not the backslash, under
 * which values of secrets could not be told from placeholders.
 */
public class EscapeCharacterException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String setting;

	EscapeCharacterException(String setting) {
		super("%s must not be set where secrets are referenced".formatted(setting));
		this.setting = setting;
	}

	/**
	 * Return the setting that is not supported.
	 * @return the name of the system property or entry of {@code spring.properties}
	 */
	public String getSetting() {
		return this.setting;
	}

}
