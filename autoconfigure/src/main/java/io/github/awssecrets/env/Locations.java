package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.Resource;

/**
 * Says in the fewest words where a property was written.
 */
final class Locations {

	private Locations() {
	}

	static String describe(SourceProperty property) {
		Origin origin = property.origin();
		if (origin instanceof PropertySourceOrigin sourceOrigin) {
			origin = sourceOrigin.getOrigin();
		}
		if (origin instanceof TextResourceOrigin text && text.getLocation() != null && text.getResource() != null) {
			return fileName(text.getResource()) + ":" + text.getLocation();
		}
		if (origin instanceof SystemEnvironmentOrigin environment) {
			return "environment variable " + environment.getProperty();
		}
		return (origin != null) ? origin.toString() : describe(property.name(), property.source());
	}

	private static String fileName(Resource resource) {
		String name = resource.getFilename();
		return (name != null) ? name : resource.getDescription();
	}

	private static String describe(String name, @Nullable PropertySource<?> source) {
		if (source == null) {
			return name.startsWith("@") ? "an annotation"
					: "the command line, a system property or an environment variable";
		}
		if (source instanceof CommandLinePropertySource) {
			return "command line argument --" + name;
		}
		if (SourceProperty.isSystemEnvironment(source)) {
			// Before Boot adds origins to it
			return "environment variable " + name;
		}
		if (StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source.getName())) {
			return "system property " + name;
		}
		return "property source '" + source.getName() + "'";
	}

}
