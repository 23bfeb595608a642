package io.github.awssecrets.env;

import java.util.NavigableSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * A source that ranks above the one that is looked at.
 */
final class HigherSource {

	private final ConfigurationPropertySource source;

	/*
	 * Of the system environment, whose names Boot writes in four ways for each look and
	 * searches one by one for descendants (Spring Boot 4.1,
	 * SystemEnvironmentPropertyMapper), the characters of its names.
	 */
	private final @Nullable NavigableSet<String> variables;

	private HigherSource(ConfigurationPropertySource source, @Nullable NavigableSet<String> variables) {
		this.source = source;
		this.variables = variables;
	}

	static HigherSource of(ConfigurationPropertySource source) {
		PropertySource<?> underlying = SourceProperties.underlying(source);
		if (underlying == null || !SourceProperty.isSystemEnvironment(underlying)
				|| !(source instanceof IterableConfigurationPropertySource iterable)) {
			return new HigherSource(source, null);
		}
		// Boot's names, as there may be a prefix before those of the source
		NavigableSet<String> variables = new TreeSet<>();
		iterable.forEach((name) -> variables.add(NameCharacters.of(name.toString())));
		return new HigherSource(source, variables);
	}

	boolean has(ConfigurationPropertyName name) {
		return mayHave(name) && this.source.getConfigurationProperty(name) != null;
	}

	boolean hasAnyOf(ConfigurationPropertyName collection) {
		return mayHave(collection) && (this.source.getConfigurationProperty(collection) != null
				|| this.source.containsDescendantOf(collection) == ConfigurationPropertyState.PRESENT);
	}

	private boolean mayHave(ConfigurationPropertyName name) {
		if (this.variables == null || !NameCharacters.areAscii(name.toString())) {
			return true;
		}
		String characters = NameCharacters.of(name.toString());
		String next = this.variables.ceiling(characters);
		return next != null && next.startsWith(characters);
	}

}
