package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * The names of properties that an environment variable may stand for. For one look at an
 * Environment.
 */
final class VariableNames {

	/* Those whose names are not among the known ones yet. */
	private final List<IterableConfigurationPropertySource> sources = new ArrayList<>();

	/* By the letters and digits of the name, made when a variable is looked for first. */
	private final Map<String, List<ConfigurationPropertyName>> namesByCharacters = new HashMap<>();

	/**
	 * Add the names of a source.
	 * @param source the source
	 */
	void add(ConfigurationPropertySource source) {
		if (source instanceof IterableConfigurationPropertySource iterable) {
			this.sources.add(iterable);
		}
	}

	/**
	 * Return whether there is a property by another name that a variable stands for: one
	 * with dashes where the variable's own name has dots.
	 * @param variable the name that Boot gives the variable
	 * @return whether there is one
	 */
	boolean haveOtherNameOf(ConfigurationPropertyName variable) {
		for (IterableConfigurationPropertySource source : this.sources) {
			source
				.forEach((name) -> this.namesByCharacters.computeIfAbsent(characters(name), (key) -> new ArrayList<>(1))
					.add(name));
		}
		this.sources.clear();
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
