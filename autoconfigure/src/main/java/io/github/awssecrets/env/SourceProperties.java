package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The properties of an Environment as users wrote them: those of every source but the
 * twins. A live view, in the Environment's order of precedence and with Boot's relaxed
 * names.
 */
final class SourceProperties {

	private final MutablePropertySources sources;

	private final Iterable<ConfigurationPropertySource> relaxed;

	SourceProperties(MutablePropertySources sources) {
		this.sources = sources;
		this.relaxed = ConfigurationPropertySources.from((Iterable<PropertySource<?>>) () -> sources().iterator());
	}

	/**
	 * Return the sources that users' properties come from.
	 * @return the sources, in order of precedence
	 */
	List<PropertySource<?>> sources() {
		List<PropertySource<?>> result = new ArrayList<>(this.sources.size());
		for (PropertySource<?> source : this.sources) {
			if (!(source instanceof Twin)
					&& !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				result.add(source);
			}
		}
		return result;
	}

	/**
	 * Return the same sources with Boot's relaxed names.
	 * @return the sources, in order of precedence
	 */
	Iterable<ConfigurationPropertySource> relaxedSources() {
		return this.relaxed;
	}

	/**
	 * Find the property that an Environment answers with. The order is that of
	 * {@code Environment.getProperty}: first relaxed names in all sources, then the exact
	 * name.
	 * @param name the name, as in a placeholder
	 * @return the property, or {@code null} if there is none
	 */
	@Nullable SourceProperty find(String name) {
		SourceProperty property = ConfigurationPropertyName.isValid(name) ? find(ConfigurationPropertyName.of(name))
				: null;
		return (property != null) ? property : findExactly(name);
	}

	private @Nullable SourceProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : this.relaxed) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return toSourceProperty(property, underlying(source));
			}
		}
		return null;
	}

	private static SourceProperty toSourceProperty(ConfigurationProperty property, @Nullable PropertySource<?> source) {
		String nameInSource = nameIn(source, property);
		return new SourceProperty(nameInSource, String.valueOf(property.getValue()), source, property.getOrigin());
	}

	/**
	 * Return the name that a property has in its source.
	 * @param source the source
	 * @param property the property
	 * @return the name; the canonical one if the source does not tell
	 */
	@SuppressWarnings("ReferenceEquality")
	static String nameIn(@Nullable PropertySource<?> source, ConfigurationProperty property) {
		// The origin of what a source made from a property of another one is that
		// property
		if (property.getOrigin() instanceof PropertySourceOrigin origin && origin.getPropertySource() == source) {
			return origin.getPropertyName();
		}
		if (source instanceof EnumerablePropertySource<?> enumerable) {
			for (String name : enumerable.getPropertyNames()) {
				if (property.getName().equals(ConfigurationPropertyName.adapt(name, '.'))) {
					return name;
				}
			}
		}
		return property.getName().toString();
	}

	private @Nullable SourceProperty findExactly(String name) {
		for (PropertySource<?> source : sources()) {
			Object value = source.getProperty(name);
			if (value != null) {
				return SourceProperty.of(source, name, String.valueOf(value));
			}
		}
		return null;
	}

	/**
	 * Return whether a property wins: no source before its own has the name, or, as a
	 * collection is never merged from two sources, the same collection or an element of
	 * it. An environment variable stands for several names, and wins only if none of them
	 * is found before.
	 * @param name a name of the property
	 * @param property the property
	 * @return whether readers get this property
	 */
	boolean isEffective(ConfigurationPropertyName name, SourceProperty property) {
		for (ConfigurationPropertySource candidate : this.relaxed) {
			if (isOf(candidate, property)) {
				return true;
			}
			if (isIn(candidate, name) || (property.isVariable() && hasOtherNameOf(candidate, name))) {
				return false;
			}
		}
		return false;
	}

	@SuppressWarnings("ReferenceEquality")
	private static boolean isOf(ConfigurationPropertySource candidate, SourceProperty property) {
		return underlying(candidate) == property.source();
	}

	private static boolean isIn(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationPropertyName collection = collectionOf(name);
		return source.getConfigurationProperty(name) != null
				|| (collection != null && (source.getConfigurationProperty(collection) != null
						|| source.containsDescendantOf(collection) == ConfigurationPropertyState.PRESENT));
	}

	/**
	 * Return whether a source has a property by another name that a variable stands for:
	 * one with dashes where the variable's own name has dots.
	 */
	private static boolean hasOtherNameOf(ConfigurationPropertySource source, ConfigurationPropertyName variable) {
		return source instanceof IterableConfigurationPropertySource iterable
				&& iterable.stream().anyMatch((name) -> isOtherName(name, variable));
	}

	private static boolean isOtherName(ConfigurationPropertyName name, ConfigurationPropertyName variable) {
		int next = 0;
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, ConfigurationPropertyName.Form.UNIFORM);
			StringBuilder joined = new StringBuilder();
			while (joined.length() < element.length() && next < variable.getNumberOfElements()) {
				joined.append(variable.getElement(next++, ConfigurationPropertyName.Form.UNIFORM));
			}
			if (!element.contentEquals(joined)) {
				return false;
			}
		}
		return next == variable.getNumberOfElements();
	}

	/**
	 * Return the collection that a property is an element of, or part of an element.
	 * @param name the name of the property
	 * @return the name of the outermost collection, or {@code null} if there is none
	 */
	static @Nullable ConfigurationPropertyName collectionOf(ConfigurationPropertyName name) {
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			if (name.isNumericIndex(i)) {
				return name.chop(i);
			}
		}
		return null;
	}

	static @Nullable PropertySource<?> underlying(ConfigurationPropertySource source) {
		return (source.getUnderlyingSource() instanceof PropertySource<?> propertySource) ? propertySource : null;
	}

}
