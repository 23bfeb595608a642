package io.github.awssecrets.env;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;

import org.springframework.util.PlaceholderResolutionException;

/**
 * The properties that have their values from secrets, by these secrets. Collected anew
 * each time, as only people ask for that.
 */
final class PropertyUses {

	private final Map<SecretSelector, Set<PropertyUse>> uses = new LinkedHashMap<>();

	private PropertyUses() {
	}

	/**
	 * Collect the uses.
	 * @param effective the properties that readers get from references
	 * @param values tells what these lead to
	 * @param named the settings of ours that name secrets
	 * @param used what was read of secrets elsewhere
	 * @return the uses by secret, in the order in which they were found
	 */
	static Map<SecretSelector, Set<PropertyUse>> collect(Collection<SourceProperty> effective, TwinValues values,
			NamedSecrets named, UsedSecrets used) {
		PropertyUses uses = new PropertyUses();
		effective.forEach((property) -> uses.add(property, values));
		named.uses().forEach((use, selector) -> uses.add(selector, PropertyUse.of(use.property(), "")));
		used.read().forEach((reference, use) -> uses.add(reference.selector(), use));
		return uses.uses;
	}

	private void add(SourceProperty property, TwinValues values) {
		try {
			UsedSecrets.references(values.resolve(property))
				.forEach(
						(reference) -> add(reference.selector(), PropertyUse.of(property, reference.key().toString())));
		}
		catch (UnresolvedReferenceException | PlaceholderResolutionException ex) {
			// It is among the problems, and uses no secret
		}
	}

	private void add(SecretSelector secret, PropertyUse use) {
		this.uses.computeIfAbsent(secret, (selector) -> new LinkedHashSet<>()).add(use);
	}

}
