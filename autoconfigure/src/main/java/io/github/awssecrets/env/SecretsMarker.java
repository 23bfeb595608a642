package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * A property source without properties that carries the secrets of an application in its
 * Environment, where every part of the application finds them.
 */
final class SecretsMarker extends EnumerablePropertySource<SecretsEnvironment> implements Twin {

	static final String NAME = "awsSecrets";

	SecretsMarker(SecretsEnvironment secrets) {
		super(NAME, secrets);
	}

	static @Nullable SecretsEnvironment find(ConfigurableEnvironment environment) {
		return (environment.getPropertySources().get(NAME) instanceof SecretsMarker marker) ? marker.getSource() : null;
	}

	/**
	 * Return the names of no properties. Boot's Binder takes a source that does not tell
	 * its names for one that may have any.
	 */
	@Override
	public String[] getPropertyNames() {
		return new String[0];
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return null;
	}

}
