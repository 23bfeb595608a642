package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching;
import org.springframework.boot.context.properties.source.ConfigurationPropertyCaching.CacheOverride;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
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

	/* For an Environment that Boot did not prepare. */
	private final Iterable<ConfigurationPropertySource> unattached;

	private volatile @Nullable KnownSources known;

	SourceProperties(MutablePropertySources sources) {
		this.sources = sources;
		this.unattached = ConfigurationPropertySources.from((Iterable<PropertySource<?>>) () -> sources().iterator());
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
	 * Return the properties of a source that its twin answers for.
	 * @param source the source
	 * @return the properties by their names there; empty if there is no such twin
	 */
	Map<String, SourceProperty> foundBefore(PropertySource<?> source) {
		return (this.sources.get(Twin.nameFor(source)) instanceof PropertyTwin twin) ? twin.referencing() : Map.of();
	}

	/**
	 * Return the same sources with Boot's relaxed names. They are those of the
	 * Environment itself if it has them, so that names are mapped once.
	 * @return the sources, in order of precedence
	 */
	List<ConfigurationPropertySource> relaxedSources() {
		KnownSources known = this.known;
		if (known != null && known.thread().equals(Thread.currentThread())) {
			return known.sources();
		}
		List<ConfigurationPropertySource> result = new ArrayList<>(this.sources.size());
		for (ConfigurationPropertySource source : allRelaxedSources()) {
			if (!(source.getUnderlyingSource() instanceof Twin)) {
				result.add(source);
			}
		}
		return result;
	}

	@SuppressWarnings("unchecked")
	private Iterable<ConfigurationPropertySource> allRelaxedSources() {
		for (PropertySource<?> source : this.sources) {
			if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				return (Iterable<ConfigurationPropertySource>) source.getSource();
			}
		}
		return this.unattached;
	}

	/**
	 * Do something that looks at many properties, with the sources and their names as
	 * they are now: Boot compares all names of a source that may change at each look.
	 * @param <T> the type of the result
	 * @param action what to do
	 * @return what that returned
	 */
	<T> T withNamesAsTheyAre(Supplier<T> action) {
		List<ConfigurationPropertySource> sources = relaxedSources();
		CacheOverride names = ConfigurationPropertyCaching.get(sources).override();
		this.known = new KnownSources(Thread.currentThread(), sources);
		try {
			return action.get();
		}
		finally {
			this.known = null;
			names.close();
		}
	}

	/**
	 * Find the property that an Environment answers with. The order is that of
	 * {@code Environment.getProperty}: first relaxed names in all sources, then the exact
	 * name.
	 * @param name the name, as in a placeholder
	 * @return the property, or {@code null} if there is none
	 */
	@Nullable SourceProperty find(String name) {
		ConfigurationPropertyName relaxed = ConfigurationPropertyName.ofIfValid(name);
		SourceProperty property = (relaxed != null) ? find(relaxed) : null;
		return (property != null) ? property : findExactly(name);
	}

	private @Nullable SourceProperty find(ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : relaxedSources()) {
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

	private static String nameIn(@Nullable PropertySource<?> source, ConfigurationProperty property) {
		String name = nameOfOrigin(source, property);
		if (name != null) {
			return name;
		}
		String canonical = property.getName().toString();
		return (source instanceof EnumerablePropertySource<?> enumerable && !enumerable.containsProperty(canonical))
				? namesIn(enumerable).getOrDefault(property.getName(), canonical) : canonical;
	}

	/**
	 * Return the name that a property has in its source, as its origin tells it.
	 * @param source the source
	 * @param property the property
	 * @return the name, or {@code null} if the property was made from one of another
	 * source, which then is its origin
	 */
	@SuppressWarnings("ReferenceEquality")
	static @Nullable String nameOfOrigin(@Nullable PropertySource<?> source, ConfigurationProperty property) {
		return (property.getOrigin() instanceof PropertySourceOrigin origin && origin.getPropertySource() == source)
				? origin.getPropertyName() : null;
	}

	/**
	 * Return the names that properties have in their source.
	 * @param source the source
	 * @return the first name there by the canonical one
	 */
	static Map<ConfigurationPropertyName, String> namesIn(EnumerablePropertySource<?> source) {
		Map<ConfigurationPropertyName, String> names = new HashMap<>();
		for (String name : source.getPropertyNames()) {
			names.putIfAbsent(ConfigurationPropertyName.adapt(name, '.'), name);
		}
		return names;
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

	/**
	 * The sources that a thread looks at for a while.
	 */
	private record KnownSources(Thread thread, List<ConfigurationPropertySource> sources) {

	}

}
