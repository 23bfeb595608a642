package io.github.awssecrets.env;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The twin of the system environment. Boot maps the names of environment variables only
 * for sources of this type, and copies their values (Spring Boot 4.1,
 * {@code SpringIterableConfigurationPropertySource}); so this twin holds values, and is
 * replaced when they change.
 */
final class SystemEnvironmentTwin extends SystemEnvironmentPropertySource
		implements Twin, OriginLookup<String>, PropertySourceInfo {

	private final EnumerablePropertySource<?> origin;

	private final Map<String, SourceProperty> referencing;

	private final TwinValues values;

	/**
	 * Create a twin.
	 * @param origin the system environment
	 * @param names the names of the variables to answer for
	 * @param referencing those of them that hold or lead to references
	 * @param values resolves them
	 */
	SystemEnvironmentTwin(EnumerablePropertySource<?> origin, Set<String> names,
			Map<String, SourceProperty> referencing, TwinValues values) {
		super(Twin.nameFor(origin), read(origin, names, referencing, values));
		this.origin = origin;
		this.referencing = Map.copyOf(referencing);
		this.values = values;
	}

	private static Map<String, Object> read(EnumerablePropertySource<?> origin, Set<String> names,
			Map<String, SourceProperty> referencing, TwinValues values) {
		Map<String, Object> result = new LinkedHashMap<>();
		for (String name : names) {
			SourceProperty property = referencing.get(name);
			Object value = (property != null) ? read(property, values) : origin.getProperty(name);
			if (value != null) {
				result.put(name, value);
			}
		}
		return result;
	}

	private static Object read(SourceProperty property, TwinValues values) {
		try {
			return values.read(property);
		}
		catch (UnresolvedReferenceException ex) {
			return new UnresolvedValue(property, values);
		}
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		SourceProperty property = this.referencing.get(name);
		return (property != null) ? this.values.origin(property) : OriginLookup.getOrigin(this.origin, name);
	}

	@Override
	public @Nullable String getPrefix() {
		return (this.origin instanceof PropertySourceInfo info) ? info.getPrefix() : null;
	}

	/**
	 * The value of a variable whose references could not be resolved: whoever reads it
	 * fails, unless they can be by then.
	 */
	private record UnresolvedValue(SourceProperty property, TwinValues values) implements CharSequence {

		@Override
		public int length() {
			return toString().length();
		}

		@Override
		public char charAt(int index) {
			return toString().charAt(index);
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return toString().subSequence(start, end);
		}

		@Override
		public String toString() {
			return this.values.read(this.property);
		}

	}

}
