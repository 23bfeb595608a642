package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * The sources that rank above the one that is looked at, and decide whether its
 * properties are effective. For one look at an Environment.
 */
final class HigherSources {

	private final List<ConfigurationPropertySource> sources = new ArrayList<>();

	/* By the letters and digits of the name, made when a variable is looked for first. */
	private final Map<String, List<ConfigurationPropertyName>> namesByCharacters = new HashMap<>();

	private int sourcesWithKnownNames;

	/**
	 * Add the source that ranks next.
	 * @param source the source
	 */
	void add(ConfigurationPropertySource source) {
		this.sources.add(source);
	}

	/**
	 * Return whether one of these sources wins over a property: has its name, or, as a
	 * collection is never merged from two sources, the same collection or an element of
	 * it. An environment variable stands for several names, and wins only if none of them
	 * is found before.
	 * @param name a name of the property
	 * @param property the property, of a lower source
	 * @return whether readers do not get this property
	 */
	boolean winOver(ConfigurationPropertyName name, SourceProperty property) {
		ConfigurationPropertyName collection = SourceProperties.collectionOf(name);
		for (ConfigurationPropertySource source : this.sources) {
			if (source.getConfigurationProperty(name) != null
					|| (collection != null && (source.getConfigurationProperty(collection) != null
							|| source.containsDescendantOf(collection) == ConfigurationPropertyState.PRESENT))) {
				return true;
			}
		}
		return property.isVariable() && haveOtherNameOf(name);
	}

	/**
	 * Return whether there is a property by another name that a variable stands for: one
	 * with dashes where the variable's own name has dots.
	 */
	private boolean haveOtherNameOf(ConfigurationPropertyName variable) {
		while (this.sourcesWithKnownNames < this.sources.size()) {
			if (this.sources
				.get(this.sourcesWithKnownNames++) instanceof IterableConfigurationPropertySource iterable) {
				iterable.forEach(
						(name) -> this.namesByCharacters.computeIfAbsent(characters(name), (key) -> new ArrayList<>(1))
							.add(name));
			}
		}
		return this.namesByCharacters.getOrDefault(characters(variable), List.of())
			.stream()
			.anyMatch((name) -> isOtherName(name, variable));
	}

	private static String characters(ConfigurationPropertyName name) {
		StringBuilder characters = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			characters.append(name.getElement(i, Form.UNIFORM));
		}
		return characters.toString();
	}

	private static boolean isOtherName(ConfigurationPropertyName name, ConfigurationPropertyName variable) {
		int next = 0;
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.UNIFORM);
			StringBuilder joined = new StringBuilder();
			while (joined.length() < element.length() && next < variable.getNumberOfElements()) {
				joined.append(variable.getElement(next++, Form.UNIFORM));
			}
			if (!element.contentEquals(joined)) {
				return false;
			}
		}
		return next == variable.getNumberOfElements();
	}

}
