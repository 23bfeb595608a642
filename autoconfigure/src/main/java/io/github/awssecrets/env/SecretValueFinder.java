package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Finds the property of an Environment that a value was read from, if that comes from
 * secrets. Reads all of them, so it is for failures only.
 */
final class SecretValueFinder {

	private final MutablePropertySources sources;

	SecretValueFinder(MutablePropertySources sources) {
		this.sources = sources;
	}

	/**
	 * Find a property by its value.
	 * @param value the value
	 * @return the property, where it was written, and its secrets, in words, and others
	 * with the same value; {@code null} if the value comes from no secret
	 */
	@Nullable String find(@Nullable Object value) {
		if (!(value instanceof CharSequence text)) {
			return null;
		}
		String expected = SpringEscapes.escapePlaceholders(text.toString());
		List<String> found = new ArrayList<>();
		for (PropertySource<?> source : this.sources) {
			if (source instanceof Twin twin) {
				for (String name : twin.answeredNames()) {
					if (OriginLookup.getOrigin(source, name) instanceof SecretOrigin origin
							&& isValue(source, name, expected)) {
						found.add(describe(source, name, origin));
					}
				}
			}
		}
		return found.isEmpty() ? null : String.join(", or ", found);
	}

	private static boolean isValue(PropertySource<?> twin, String name, String expected) {
		try {
			return expected.equals(String.valueOf(twin.getProperty(name)));
		}
		catch (UnresolvedReferenceException ex) {
			return false;
		}
	}

	private static String describe(PropertySource<?> twin, String name, SecretOrigin origin) {
		SourceProperty property = new SourceProperty(name, "", twin, origin.reference());
		return "%s in %s (%s)".formatted(property.displayName(), Locations.describe(property), origin.secrets());
	}

}
