package io.github.awssecrets.refresh;

import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Decides whether the application can take new versions of secrets, before anything has
 * them.
 */
@FunctionalInterface
public interface RotationCheck {

	/**
	 * Check what is about to change, on a thread that reads from the new versions. Must
	 * return soon, and change nothing.
	 * @param changed the names of the properties that will have other values
	 * @throws RotationRefusedException if the application cannot take them, which rejects
	 * the versions
	 */
	void check(Set<ConfigurationPropertyName> changed);

}
