package io.github.awssecrets.env;

/**
 * Thrown where a property is called {@code secret} although <code>${secret:...}</code> is
 * a reference, and so never that property with a default.
 */
public class SecretPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String location;

	SecretPropertyException(SourceProperty property) {
		super("Property '%s' in %s takes the name of references".formatted(property.name(),
				Locations.describe(property)));
		this.property = property.name();
		this.location = Locations.describe(property);
	}

	/**
	 * Return the property.
	 * @return its name as written
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Return where the property was written.
	 * @return the place, such as {@code application.yml:8:15}
	 */
	public String getLocation() {
		return this.location;
	}

}
