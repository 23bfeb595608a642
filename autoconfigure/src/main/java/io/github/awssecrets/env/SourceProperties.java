package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.origin.PropertySourceOrigin;
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
				return toSourceProperty(name, property, underlying(source));
			}
		}
		return null;
	}

	private static SourceProperty toSourceProperty(ConfigurationPropertyName name, ConfigurationProperty property,
			@Nullable PropertySource<?> source) {
		String nameInSource = (property.getOrigin() instanceof PropertySourceOrigin origin) ? origin.getPropertyName()
				: name.toString();
		return new SourceProperty(nameInSource, String.valueOf(property.getValue()), source, property.getOrigin());
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
	 * collection is never merged from two sources, an element of the same collection.
	 * @param name the name of the property
	 * @param source the source of the property
	 * @return whether readers get this property
	 */
	@SuppressWarnings("ReferenceEquality")
	boolean isEffective(ConfigurationPropertyName name, PropertySource<?> source) {
		ConfigurationPropertyName collection = collectionOf(name);
		for (ConfigurationPropertySource candidate : this.relaxed) {
			if (underlying(candidate) == source) {
				return true;
			}
			if (candidate.getConfigurationProperty(name) != null || (collection != null
					&& candidate.containsDescendantOf(collection) == ConfigurationPropertyState.PRESENT)) {
				return false;
			}
		}
		return false;
	}

	private static @Nullable ConfigurationPropertyName collectionOf(ConfigurationPropertyName name) {
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
