package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * A property source without properties that carries the secrets of an application in its
 * Environment, where every part of the application finds them. Answers look-ups of
 * {@code secret:...} where <code>${secret:...}</code> is a reference.
 */
final class SecretsMarker extends EnumerablePropertySource<SecretsEnvironment> implements Twin, OriginLookup<String> {

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
	public boolean answersWithSecrets() {
		return this.source.resolver().syntax().heedsPlaceholders();
	}

	@Override
	public String[] answeredNames() {
		return this.source.lookups().answered().toArray(String[]::new);
	}

	@Override
	public boolean containsProperty(String name) {
		return this.source.lookups().isReference(name);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		if (this.source.pictures().areMasked()) {
			return containsProperty(name) ? Pictures.MASKED : null;
		}
		return this.source.lookups().read(name);
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		return this.source.lookups().origin(name);
	}

}
