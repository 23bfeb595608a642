package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;

/**
 * The sources that rank above the one that is looked at, and decide whether its
 * properties are effective. For one look at an Environment.
 */
final class HigherSources {

	/* Those that nobody has asked about yet. */
	private final List<ConfigurationPropertySource> added = new ArrayList<>();

	private final List<HigherSource> asked = new ArrayList<>();

	/* All names of config data, as a look at each of many files takes too long. */
	private final Set<ConfigurationPropertyName> configDataNames = new HashSet<>();

	private final List<IterableConfigurationPropertySource> configData = new ArrayList<>();

	/* Elements of a collection follow each other. */
	private @Nullable ConfigurationPropertyName lastCollection;

	private boolean lastCollectionFound;

	private final VariableNames variableNames = new VariableNames();

	/**
	 * Add the source that ranks next.
	 * @param source the source
	 */
	void add(ConfigurationPropertySource source) {
		this.variableNames.add(source);
		this.added.add(source);
		this.lastCollection = null;
	}

	private void prepare(ConfigurationPropertySource source) {
		if (isConfigData(source) && source instanceof IterableConfigurationPropertySource iterable) {
			this.configData.add(iterable);
			iterable.forEach(this.configDataNames::add);
		}
		else {
			this.asked.add(HigherSource.of(source));
		}
	}

	/**
	 * Return whether a source has exactly the names that it lists, and cannot change.
	 */
	private static boolean isConfigData(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof OriginTrackedMapPropertySource config && config.isImmutable()
				&& config.getSource().values().stream().noneMatch(Objects::isNull);
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
		this.added.forEach(this::prepare);
		this.added.clear();
		ConfigurationPropertyName collection = SourceProperties.collectionOf(name);
		return have(name) || (collection != null && haveAnyOf(collection))
				|| (property.isVariable() && this.variableNames.haveOtherNameOf(name));
	}

	private boolean have(ConfigurationPropertyName name) {
		if (this.configDataNames.contains(name)) {
			return true;
		}
		for (HigherSource source : this.asked) {
			if (source.has(name)) {
				return true;
			}
		}
		return false;
	}

	private boolean haveAnyOf(ConfigurationPropertyName collection) {
		if (!Objects.equals(collection, this.lastCollection)) {
			this.lastCollectionFound = this.configDataNames.contains(collection)
					|| this.configData.stream()
						.anyMatch((source) -> source
							.containsDescendantOf(collection) == ConfigurationPropertyState.PRESENT)
					|| this.asked.stream().anyMatch((source) -> source.hasAnyOf(collection));
			this.lastCollection = collection;
		}
		return this.lastCollectionFound;
	}

}
