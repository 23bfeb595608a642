package io.github.awssecrets.env;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Puts a twin before each source that holds references, and takes away those that were
 * there.
 */
final class TwinInstaller {

	private static final Pattern ELEMENT = Pattern.compile("(.*?)\\[.*");

	private static final Pattern VARIABLE_OF_ELEMENT = Pattern.compile("(.*?)_\\d+(_.*)?");

	private final MutablePropertySources sources;

	TwinInstaller(MutablePropertySources sources) {
		this.sources = sources;
	}

	void install(ReferenceScan scan, TwinValues values) {
		uninstall();
		scan.bySource()
			.forEach((source, referencing) -> this.sources.addBefore(source.getName(),
					twin(source, referencing, values)));
	}

	private void uninstall() {
		for (PropertySource<?> source : this.sources) {
			if (source instanceof PropertyTwin || source instanceof SystemEnvironmentTwin) {
				this.sources.remove(source.getName());
			}
		}
	}

	private PropertySource<?> twin(EnumerablePropertySource<?> source, Map<String, SourceProperty> referencing,
			TwinValues values) {
		boolean systemEnvironment = isSystemEnvironment(source);
		Set<String> names = withSiblings(source, referencing.keySet(),
				systemEnvironment ? VARIABLE_OF_ELEMENT : ELEMENT);
		return systemEnvironment ? new SystemEnvironmentTwin(source, names, referencing, values)
				: new PropertyTwin(source, names, referencing, values);
	}

	private static boolean isSystemEnvironment(PropertySource<?> source) {
		String name = source.getName();
		return source instanceof SystemEnvironmentPropertySource
				&& (name.equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
						|| name.endsWith("-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
	}

	private static Set<String> withSiblings(EnumerablePropertySource<?> source, Set<String> referencing,
			Pattern element) {
		Set<String> collections = new LinkedHashSet<>();
		referencing.forEach((name) -> {
			String collection = collectionOf(name, element);
			if (collection != null) {
				collections.add(collection);
			}
		});
		Set<String> names = new LinkedHashSet<>(referencing);
		for (String name : source.getPropertyNames()) {
			String collection = collections.isEmpty() ? null : collectionOf(name, element);
			if (collection != null && collections.contains(collection)) {
				names.add(name);
			}
		}
		return names;
	}

	private static @Nullable String collectionOf(String name, Pattern element) {
		Matcher matcher = element.matcher(name);
		return matcher.matches() ? matcher.group(1) : null;
	}

}
