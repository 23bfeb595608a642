package io.github.awssecrets.env;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Puts a twin before each source that holds references, and takes away those that were
 * there.
 */
final class TwinInstaller {

	private static final Pattern INDEX = Pattern.compile("\\[\\d+\\]");

	private static final Pattern VARIABLE_OF_ELEMENT = Pattern.compile("(.*?)_\\d+(_.*)?");

	private final MutablePropertySources sources;

	TwinInstaller(MutablePropertySources sources) {
		this.sources = sources;
	}

	void install(ReferenceScan scan, TwinValues values) {
		Set<SourceProperty> variables = scan.effectiveVariables();
		Set<String> installed = new LinkedHashSet<>();
		scan.bySource().forEach((source, referencing) -> {
			PropertySource<?> twin = twin(source, referencing, variables, values);
			installed.add(twin.getName());
			put(twin, source);
		});
		uninstall((name) -> !installed.contains(name));
	}

	/**
	 * Put a twin in its place. One that is there already is replaced at once: no reader
	 * shall get the text of a reference in between. It stays if it does the same, as Boot
	 * maps the names of each new source.
	 */
	private void put(PropertySource<?> twin, PropertySource<?> origin) {
		int place = this.sources.precedenceOf(origin) - 1;
		if (place >= 0 && this.sources.precedenceOf(twin) == place) {
			if (!(twin instanceof PropertyTwin next && next.isSameAs(this.sources.get(twin.getName())))) {
				this.sources.replace(twin.getName(), twin);
			}
		}
		else {
			this.sources.addBefore(origin.getName(), twin);
		}
	}

	/**
	 * Make a twin for a source that has just been loaded, to be installed before it until
	 * all references are known again.
	 * @param source the source, not the system environment
	 * @param values what the twin answers with
	 * @return the twin, or {@code null} if the source holds no references
	 */
	@Nullable PropertySource<?> twinOfLoaded(EnumerablePropertySource<?> source, TwinValues values) {
		Map<String, SourceProperty> referencing = ReferenceScan.holding(source, values.syntax());
		return referencing.isEmpty() ? null : twin(Twin.nameFor(source) + " (loaded)", source, referencing, values);
	}

	void uninstall() {
		uninstall((name) -> true);
	}

	private void uninstall(Predicate<String> unwanted) {
		for (PropertySource<?> source : this.sources) {
			if ((source instanceof PropertyTwin || source instanceof SystemEnvironmentTwin)
					&& unwanted.test(source.getName())) {
				this.sources.remove(source.getName());
			}
		}
	}

	private PropertySource<?> twin(EnumerablePropertySource<?> source, Map<String, SourceProperty> referencing,
			Set<SourceProperty> effective, TwinValues values) {
		if (SourceProperty.isSystemEnvironment(source)) {
			Set<String> names = withSiblings(source, referencing.keySet(), TwinInstaller::collectionOfVariable);
			return SystemEnvironmentTwin.of(source, names, referencing, effective::contains, values);
		}
		return twin(Twin.nameFor(source), source, referencing, values);
	}

	private PropertyTwin twin(String name, EnumerablePropertySource<?> source, Map<String, SourceProperty> referencing,
			TwinValues values) {
		Set<String> names = withSiblings(source, referencing.keySet(), new CollectionNames()::collectionOf);
		return new PropertyTwin(name, source, this.sources, names, referencing, values);
	}

	private static Set<String> withSiblings(EnumerablePropertySource<?> source, Set<String> referencing,
			Function<String, @Nullable Object> collectionOf) {
		Set<Object> collections = new HashSet<>();
		referencing.forEach((name) -> {
			Object collection = collectionOf.apply(name);
			if (collection != null) {
				collections.add(collection);
			}
		});
		Set<String> names = new LinkedHashSet<>(referencing);
		for (String name : source.getPropertyNames()) {
			Object collection = collections.isEmpty() ? null : collectionOf.apply(name);
			if (collection != null && collections.contains(collection)) {
				names.add(name);
			}
		}
		return names;
	}

	private static @Nullable Object collectionOfVariable(String name) {
		Matcher matcher = VARIABLE_OF_ELEMENT.matcher(name);
		return matcher.matches() ? matcher.group(1) : null;
	}

	/**
	 * The names of collections, each mapped once for all of its elements.
	 */
	private static final class CollectionNames {

		private final Map<String, ConfigurationPropertyName> mapped = new HashMap<>();

		/**
		 * Return the collection that a property is an element of, or part of an element.
		 * @param name the name of the property in its source
		 * @return the name of the outermost collection, or {@code null} if there is none
		 */
		@Nullable Object collectionOf(String name) {
			int bracket = name.indexOf('[');
			if (bracket == -1) {
				return null;
			}
			return INDEX.matcher(name).region(bracket, name.length()).lookingAt()
					? this.mapped.computeIfAbsent(name.substring(0, bracket),
							(collection) -> ConfigurationPropertyName.adapt(collection, '.'))
					: SourceProperties.collectionOf(ConfigurationPropertyName.adapt(name, '.'));
		}

	}

}
