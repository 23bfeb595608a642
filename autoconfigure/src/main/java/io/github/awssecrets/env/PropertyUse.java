package io.github.awssecrets.env;

/**
 * A property that has its value from a secret. Holds no value.
 *
 * @param property the name of the property, or the annotation or look-up that reads the
 * secret
 * @param key the key of the secret, or an empty text for the whole of it
 * @param origin where the property was written, such as {@code application.yml:8:15}
 */
public record PropertyUse(String property, String key, String origin) {

	static PropertyUse of(SourceProperty property, String key) {
		return new PropertyUse(property.displayName(), key, Locations.describe(property));
	}

}
