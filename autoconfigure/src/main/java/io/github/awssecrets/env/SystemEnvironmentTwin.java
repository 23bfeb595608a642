package io.github.awssecrets.env;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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

	private SystemEnvironmentTwin(EnumerablePropertySource<?> origin, Map<String, Object> variables,
			Map<String, SourceProperty> referencing, TwinValues values) {
		super(Twin.nameFor(origin), variables);
		this.origin = origin;
		this.referencing = Map.copyOf(referencing);
		this.values = values;
	}

	/**
	 * Create a twin.
	 * @param origin the system environment
	 * @param names the names of the variables to answer for
	 * @param referencing those of them that hold or lead to references
	 * @param effective those of them whose secrets are retrieved already
	 * @param values resolves them
	 * @return the twin
	 */
	static SystemEnvironmentTwin of(EnumerablePropertySource<?> origin, Set<String> names,
			Map<String, SourceProperty> referencing, Predicate<SourceProperty> effective, TwinValues values) {
		Map<String, Object> variables = new LinkedHashMap<>();
		for (String name : names) {
			SourceProperty property = referencing.get(name);
			Object value = (property != null) ? value(property, effective, values) : origin.getProperty(name);
			if (value != null) {
				variables.put(name, value);
			}
		}
		return new SystemEnvironmentTwin(origin, variables, referencing, values);
	}

	private static Object value(SourceProperty property, Predicate<SourceProperty> effective, TwinValues values) {
		if (effective.test(property) && values.areKnown()) {
			try {
				return values.read(property);
			}
			catch (UnresolvedReferenceException ex) {
				// Whoever reads it shall fail
			}
		}
		return new LateValue(property, values);
	}

	@Override
	public Map<String, SourceProperty> referencing() {
		return this.referencing;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		SourceProperty property = this.values.pictures().areTaken() ? this.referencing.get(resolvePropertyName(name))
				: null;
		return (property != null) ? this.values.picture(property) : super.getProperty(name);
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		SourceProperty property = this.referencing.get(name);
		return (property != null) ? this.values.origin(property) : OriginLookup.getOrigin(this.origin, name);
	}

	/**
	 * Return whether names and values never change, which lets Boot keep what it copied.
	 */
	@Override
	public boolean isImmutable() {
		return true;
	}

	@Override
	public @Nullable String getPrefix() {
		return (this.origin instanceof PropertySourceInfo info) ? info.getPrefix() : null;
	}

	/**
	 * The value of a variable that is made when it is read: because its references could
	 * not be resolved, so that whoever reads it fails, or cannot be yet, or because
	 * nobody should, as a higher source has the property. Boot resolves no placeholders
	 * in it.
	 */
	private record LateValue(SourceProperty property, TwinValues values) implements CharSequence {

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
			return this.values.text(this.property);
		}

	}

}
