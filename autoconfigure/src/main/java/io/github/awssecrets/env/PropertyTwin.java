package io.github.awssecrets.env;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * The twin of a property source: answers for the properties that hold or lead to
 * references, with their values, and for the other elements of collections that have such
 * an element, as a collection is read from one source only. Each read goes by what its
 * origin holds at that moment, and by the secrets of the current snapshot.
 */
final class PropertyTwin extends EnumerablePropertySource<EnumerablePropertySource<?>>
		implements Twin, OriginLookup<String>, PropertySourceInfo {

	private final PropertySources sources;

	private final String[] names;

	/* As copies, what a read looks up takes the least time and memory. */
	private final Map<String, SourceProperty> referencing;

	private final Set<String> siblings;

	private final TwinValues values;

	private volatile @Nullable Map<ConfigurationPropertyName, List<SourceProperty>> relaxed;

	/**
	 * Create a twin.
	 * @param name its name
	 * @param origin the source that holds the references
	 * @param sources the sources of the Environment
	 * @param names the names of the properties to answer for
	 * @param referencing those of them that hold or lead to references
	 * @param values resolves them
	 */
	PropertyTwin(String name, EnumerablePropertySource<?> origin, PropertySources sources, Set<String> names,
			Map<String, SourceProperty> referencing, TwinValues values) {
		super(name, origin);
		this.sources = sources;
		this.names = names.toArray(String[]::new);
		this.referencing = Map.copyOf(referencing);
		this.siblings = names.stream()
			.filter((other) -> !referencing.containsKey(other))
			.collect(Collectors.toUnmodifiableSet());
		this.values = values;
	}

	/**
	 * Return whether another source answers for the same references at the same place.
	 * @param other the other source, or {@code null}
	 */
	@SuppressWarnings("ReferenceEquality")
	boolean isSameAs(@Nullable PropertySource<?> other) {
		// Sources are equal if their names are
		return other instanceof PropertyTwin twin && this.source == twin.source && Arrays.equals(this.names, twin.names)
				&& this.referencing.equals(twin.referencing);
	}

	@Override
	public String[] getPropertyNames() {
		return this.names.clone();
	}

	@Override
	public Map<String, SourceProperty> referencing() {
		return this.referencing;
	}

	@Override
	public boolean containsProperty(String name) {
		return this.referencing.containsKey(name) || this.siblings.contains(name) || isUnresolved(name);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		SourceProperty property = this.referencing.get(name);
		if (property != null) {
			Object value = this.source.getProperty(name);
			return (value instanceof CharSequence text) ? read(current(property, text.toString())) : value;
		}
		if (this.siblings.contains(name)) {
			return standIn().getProperty(name);
		}
		relaxed(name).forEach(this.values::read);
		return null;
	}

	private String read(SourceProperty property) {
		return this.values.pictures().areTaken() ? this.values.picture(property) : this.values.read(property);
	}

	/**
	 * Return what stands in the place of the origin now: Jasypt puts a source before it
	 * that decrypts.
	 */
	private PropertySource<?> standIn() {
		PropertySource<?> now = this.sources.get(this.source.getName());
		return (now != null) ? now : this.source;
	}

	private SourceProperty current(SourceProperty property, String text) {
		return text.equals(property.text()) ? property : SourceProperty.of(this.source, property.name(), text);
	}

	private boolean isUnresolved(String name) {
		return relaxed(name).stream().anyMatch((property) -> {
			try {
				this.values.read(property);
				return false;
			}
			catch (UnresolvedReferenceException ex) {
				return true;
			}
		});
	}

	/**
	 * Return what a reader may mean who asks by a relaxed name for a property that has no
	 * value, so that the reader fails. Boot maps relaxed names, but takes a failure while
	 * it does so for absence (Spring Boot 4.1,
	 * {@code ConfigurationPropertySourcesPropertyResolver}) and then asks here.
	 */
	private List<SourceProperty> relaxed(String name) {
		ConfigurationPropertyName relaxed = (this.values.hasFailed() && ConfigurationPropertyName.isValid(name))
				? ConfigurationPropertyName.of(name) : null;
		return (relaxed != null) ? relaxed().getOrDefault(relaxed, List.of()) : List.of();
	}

	private Map<ConfigurationPropertyName, List<SourceProperty>> relaxed() {
		Map<ConfigurationPropertyName, List<SourceProperty>> relaxed = this.relaxed;
		if (relaxed == null) {
			relaxed = this.referencing.values()
				.stream()
				.collect(Collectors.groupingBy((property) -> ConfigurationPropertyName.adapt(property.name(), '.')));
			this.relaxed = relaxed;
		}
		return relaxed;
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		SourceProperty property = this.referencing.get(name);
		return (property != null) ? this.values.origin(property) : OriginLookup.getOrigin(this.source, name);
	}

	/**
	 * Return whether names never change, which lets Boot keep its mapping of relaxed
	 * names. Values do change.
	 */
	@Override
	public boolean isImmutable() {
		return true;
	}

	@Override
	public @Nullable String getPrefix() {
		PropertySource<?> origin = this.source;
		return (origin instanceof PropertySourceInfo info) ? info.getPrefix() : null;
	}

}
