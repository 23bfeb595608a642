package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * What one look at an Environment found: which properties hold references or lead to some
 * through placeholders, and which of them are effective.
 *
 * @param bySource the properties of each source by their name there
 * @param effective the properties that readers get, by their canonical name
 */
record ReferenceScan(Map<EnumerablePropertySource<?>, Map<String, SourceProperty>> bySource,
		Map<ConfigurationPropertyName, SourceProperty> effective) {

	/**
	 * Look for properties that hold references, or lead to some through placeholders.
	 * @param properties the properties of the Environment
	 * @param resolver resolves the placeholders
	 * @return what was found
	 */
	static ReferenceScan of(SourceProperties properties, TextResolver resolver) {
		return of(properties, resolver, (name) -> true);
	}

	/**
	 * Look only for properties with certain names.
	 * @param properties the properties of the Environment
	 * @param resolver resolves the placeholders
	 * @param names says whether a property may be meant by its name in its source; not
	 * asked about environment variables, which may have a prefix
	 * @return what was found
	 */
	static ReferenceScan of(SourceProperties properties, TextResolver resolver, Predicate<String> names) {
		return properties.withNamesAsTheyAre(() -> look(properties, resolver, names));
	}

	private static ReferenceScan look(SourceProperties properties, TextResolver resolver, Predicate<String> names) {
		ReferenceSyntax syntax = resolver.syntax();
		Map<EnumerablePropertySource<?>, Map<String, SourceProperty>> holding = new LinkedHashMap<>();
		Map<EnumerablePropertySource<?>, List<SourceProperty>> others = new LinkedHashMap<>();
		boolean any = false;
		for (PropertySource<?> source : properties.sources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				any |= sort(enumerable, properties.foundBefore(enumerable), syntax,
						SourceProperty.isSystemEnvironment(source) ? (name) -> true : names,
						holding.computeIfAbsent(enumerable, (key) -> new LinkedHashMap<>()),
						others.computeIfAbsent(enumerable, (key) -> new ArrayList<>()));
			}
		}
		// Without any, nothing can lead to one, but for a placeholder that yields one
		if (any || syntax.heedsPlaceholders()) {
			holding.forEach((source, found) -> others.getOrDefault(source, List.of())
				.stream()
				.filter((candidate) -> leadsToReference(candidate, resolver))
				.forEach((candidate) -> found.put(candidate.name(), candidate)));
		}
		holding.values().removeIf(Map::isEmpty);
		return new ReferenceScan(holding, effective(properties, holding));
	}

	/**
	 * Look for properties of one source that hold references.
	 * @param source the source
	 * @param syntax how references are written
	 * @return the properties by their name there
	 */
	static Map<String, SourceProperty> holding(EnumerablePropertySource<?> source, ReferenceSyntax syntax) {
		Map<String, SourceProperty> holding = new LinkedHashMap<>();
		sort(source, Map.of(), syntax, (name) -> true, holding, new ArrayList<>());
		return holding;
	}

	/**
	 * Sort the properties that are meant.
	 * @return whether any property at all holds a reference
	 */
	private static boolean sort(EnumerablePropertySource<?> source, Map<String, SourceProperty> before,
			ReferenceSyntax syntax, Predicate<String> names, Map<String, SourceProperty> holding,
			List<SourceProperty> others) {
		boolean any = false;
		for (String name : source.getPropertyNames()) {
			String text = name.isEmpty() ? null : SourceProperty.textOf(source, name);
			if (text == null) {
				continue;
			}
			boolean holds = syntax.mayContainReference(text);
			any |= holds;
			if (holds && names.test(name)) {
				holding.put(name, property(source, name, text, before));
			}
			else if (!holds && text.contains("${") && names.test(name)) {
				others.add(property(source, name, text, before));
			}
		}
		return any;
	}

	/**
	 * Return what was found before, if it is the same: there is one object for a
	 * property.
	 */
	@SuppressWarnings("ReferenceEquality")
	private static SourceProperty property(EnumerablePropertySource<?> source, String name, String text,
			Map<String, SourceProperty> before) {
		SourceProperty found = before.get(name);
		return (found != null && found.source() == source && found.text().equals(text)) ? found
				: SourceProperty.of(source, name, text);
	}

	private static boolean leadsToReference(SourceProperty property, TextResolver resolver) {
		try {
			return resolver.leadsToReference(property);
		}
		catch (UnresolvedReferenceException ex) {
			return true;
		}
		catch (RuntimeException ex) {
			// Circular, or of a source that cannot be read yet
			return false;
		}
	}

	private static Map<ConfigurationPropertyName, SourceProperty> effective(SourceProperties properties,
			Map<EnumerablePropertySource<?>, Map<String, SourceProperty>> holding) {
		Map<ConfigurationPropertyName, SourceProperty> effective = new LinkedHashMap<>();
		HigherSources higher = new HigherSources();
		for (ConfigurationPropertySource source : properties.relaxedSources()) {
			FoundProperties found = FoundProperties.of(SourceProperties.underlying(source), holding);
			if (found != null && source instanceof IterableConfigurationPropertySource iterable) {
				for (ConfigurationPropertyName name : iterable) {
					SourceProperty property = found.get(iterable.getConfigurationProperty(name));
					if (property != null && !higher.winOver(name, property)) {
						effective.putIfAbsent(name, property);
					}
				}
			}
			higher.add(source);
		}
		return effective;
	}

	/**
	 * Return the environment variables that readers get.
	 * @return those of the properties found that are effective variables
	 */
	Set<SourceProperty> effectiveVariables() {
		return this.effective.values().stream().filter(SourceProperty::isVariable).collect(Collectors.toSet());
	}

	boolean isEmpty() {
		return this.bySource.isEmpty();
	}

	/**
	 * The properties of one source that were found.
	 */
	private static final class FoundProperties {

		private final EnumerablePropertySource<?> source;

		private final Map<String, SourceProperty> byName;

		private @Nullable Map<ConfigurationPropertyName, String> names;

		private FoundProperties(EnumerablePropertySource<?> source, Map<String, SourceProperty> byName) {
			this.source = source;
			this.byName = byName;
		}

		static @Nullable FoundProperties of(@Nullable PropertySource<?> source,
				Map<EnumerablePropertySource<?>, Map<String, SourceProperty>> holding) {
			Map<String, SourceProperty> found = (source != null) ? holding.get(source) : null;
			return (source instanceof EnumerablePropertySource<?> enumerable && found != null)
					? new FoundProperties(enumerable, found) : null;
		}

		@Nullable SourceProperty get(@Nullable ConfigurationProperty property) {
			if (property == null) {
				return null;
			}
			String name = SourceProperties.nameOfOrigin(this.source, property);
			return this.byName.get((name != null) ? name : nameOf(property.getName()));
		}

		private @Nullable String nameOf(ConfigurationPropertyName name) {
			if (this.names == null) {
				this.names = SourceProperties.namesIn(this.source);
			}
			return this.names.get(name);
		}

	}

}
