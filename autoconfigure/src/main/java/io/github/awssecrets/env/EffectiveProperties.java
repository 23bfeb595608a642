package io.github.awssecrets.env;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.PlaceholderResolutionException;

/**
 * The properties that readers get from references, as they were found last: what values
 * they have in a snapshot, and from which secrets. Retrieves nothing. Safe for use by
 * several threads.
 */
final class EffectiveProperties {

	private static final Log logger = LogFactory.getLog(EffectiveProperties.class);

	private final SecretSnapshots snapshots;

	private final TwinValues values;

	private volatile Map<ConfigurationPropertyName, SourceProperty> properties = Map.of();

	EffectiveProperties(SecretSnapshots snapshots, TwinValues values) {
		this.snapshots = snapshots;
		this.values = values;
	}

	/**
	 * Take what was found in the place of what was found before.
	 * @param scan what was found
	 */
	void replace(ReferenceScan scan) {
		this.properties = scan.effective();
		this.values.startAgain(scan.effective().values());
	}

	Map<ConfigurationPropertyName, SourceProperty> byName() {
		return this.properties;
	}

	Set<ConfigurationPropertyName> names() {
		return this.properties.keySet();
	}

	/**
	 * Return the properties that have other values in another snapshot.
	 * @param before a snapshot
	 * @param after the other snapshot
	 * @return the secrets that are in the values, by the names of the properties
	 */
	Map<ConfigurationPropertyName, Set<SecretSelector>> changed(Snapshot before, Snapshot after) {
		Map<ConfigurationPropertyName, Set<SecretSelector>> changed = new LinkedHashMap<>();
		this.properties.forEach((name, property) -> {
			String old = this.snapshots.reading(before, () -> this.values.retrieved(property));
			String value = this.snapshots.reading(after, () -> this.values.retrieved(property));
			if (!Objects.equals(old, value)) {
				changed.put(name, selectors(property));
			}
		});
		return changed;
	}

	/**
	 * Return the value that a property has in the snapshot that this thread reads from.
	 * @param name the name of the property
	 * @return the value, or {@code null} if it has none, or none that comes from a
	 * reference
	 */
	@Nullable String value(ConfigurationPropertyName name) {
		SourceProperty property = this.properties.get(name);
		return (property != null) ? this.values.retrieved(property) : null;
	}

	/**
	 * Return the secrets that a property has its value from.
	 * @param name the name of the property
	 * @return the secrets, those of defaults included; empty if the value comes from none
	 */
	Set<SecretSelector> selectors(ConfigurationPropertyName name) {
		SourceProperty property = this.properties.get(name);
		return (property != null) ? selectors(property) : Set.of();
	}

	private Set<SecretSelector> selectors(SourceProperty property) {
		Set<SecretSelector> selectors = new LinkedHashSet<>();
		try {
			UsedSecrets.references(this.values.resolve(property))
				.forEach((reference) -> selectors.add(reference.selector()));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			logger.debug("Property '%s' cannot be resolved".formatted(property.name()));
		}
		return selectors;
	}

	/**
	 * Begin a picture of all properties on this thread.
	 * @param pending the names of the properties that are to differ from any other
	 * picture
	 */
	void beginPicture(Set<ConfigurationPropertyName> pending) {
		Map<ConfigurationPropertyName, SourceProperty> found = new LinkedHashMap<>(this.properties);
		found.keySet().retainAll(pending);
		this.values.pictures().begin(Set.copyOf(found.values()));
	}

	/**
	 * End the picture on this thread.
	 * @return whether there was one
	 */
	boolean endPicture() {
		return this.values.pictures().end();
	}

}
