package io.github.awssecrets.env;

import java.util.Map;

import org.springframework.core.env.PropertySource;

/**
 * Marks the property sources that are ours: they hold resolved values, just before the
 * source that holds the references.
 */
interface Twin {

	/**
	 * Return the names of the properties.
	 * @return the names
	 */
	String[] getPropertyNames();

	/**
	 * Return the names that values were, or may have been, read by.
	 * @return the names
	 */
	default String[] answeredNames() {
		return getPropertyNames();
	}

	/**
	 * Return the properties that hold or lead to references.
	 * @return the properties by their name here; the others are elements of the same
	 * collections
	 */
	default Map<String, SourceProperty> referencing() {
		return Map.of();
	}

	/**
	 * Return whether values of secrets can be read from here.
	 * @return whether they can
	 */
	default boolean answersWithSecrets() {
		return true;
	}

	/**
	 * Return the name of the twin of a source. It ends like that of the source, from
	 * which Boot tells the system environment and its relaxed names.
	 * @param origin the source
	 * @return the name
	 */
	static String nameFor(PropertySource<?> origin) {
		return "awsSecretsTwin-" + origin.getName();
	}

}
