package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretSelector;

/**
 * The secrets that an application uses: those of its settings, those of its properties,
 * as they were found last, and those of annotations and look-ups that were read so far.
 * Safe for use by several threads.
 */
final class UsedSecrets {

	private final Set<ResolvedReference> named;

	/* With the first place that was read */
	private final Map<ResolvedReference, PropertyUse> read = new ConcurrentHashMap<>();

	private volatile List<ResolvedReference> effective = List.of();

	private volatile Set<SecretSelector> imported = Set.of();

	private volatile Runnable listener = () -> {
	};

	/**
	 * Create an instance.
	 * @param named what settings of ours name
	 */
	UsedSecrets(Set<ResolvedReference> named) {
		this.named = Set.copyOf(named);
	}

	void onChange(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Take the uses in properties in the place of those found before.
	 * @param texts the effective properties
	 * @param imported the secrets of imports
	 */
	void replace(Collection<ResolvedText> texts, Set<SecretSelector> imported) {
		List<ResolvedReference> found = distinct(texts);
		boolean same = found.equals(this.effective) && imported.equals(this.imported);
		this.effective = found;
		this.imported = Set.copyOf(imported);
		if (!same) {
			this.listener.run();
		}
	}

	/**
	 * Return each reference once, with one object for each secret and each key: there are
	 * many references to few of them, and they stay for as long as the application runs.
	 */
	private static List<ResolvedReference> distinct(Collection<ResolvedText> texts) {
		Map<SecretSelector, SecretSelector> selectors = new HashMap<>();
		Map<KeySelector, KeySelector> keys = new HashMap<>();
		Set<ResolvedReference> distinct = new LinkedHashSet<>();
		for (ResolvedText text : texts) {
			for (ResolvedReference reference : references(text)) {
				distinct
					.add(new ResolvedReference(selectors.computeIfAbsent(reference.selector(), (selector) -> selector),
							keys.computeIfAbsent(reference.key(), (key) -> key)));
			}
		}
		return List.copyOf(distinct);
	}

	/**
	 * Add what was read elsewhere: the references that stand in no property.
	 * @param text the text that was read
	 */
	void add(ResolvedText text) {
		Map<ResolvedReference, PropertyUse> found = new LinkedHashMap<>();
		text.targets().stream().filter((target) -> target.use().property().source() == null).forEach((target) -> {
			ResolvedReference reference = target.reference();
			if (reference != null && !this.read.containsKey(reference)) {
				found.put(reference, PropertyUse.of(target.use().property(), reference.key().toString()));
			}
		});
		if (!found.isEmpty()) {
			this.read.putAll(found);
			this.listener.run();
		}
	}

	/**
	 * Return the places outside of properties that have been read.
	 * @return the first place of each reference
	 */
	Map<ResolvedReference, PropertyUse> read() {
		return Map.copyOf(this.read);
	}

	static List<ResolvedReference> references(ResolvedText text) {
		List<ResolvedReference> references = new ArrayList<>();
		text.targets().forEach((target) -> {
			if (target.reference() != null) {
				references.add(target.reference());
			}
		});
		return references;
	}

	List<UsedSecret> all() {
		Map<SecretSelector, Set<KeySelector>> keys = new LinkedHashMap<>();
		Set<SecretSelector> imports = this.imported;
		imports.forEach((selector) -> keys.put(selector, new LinkedHashSet<>()));
		this.named.forEach((reference) -> add(reference, keys));
		this.effective.forEach((reference) -> add(reference, keys));
		this.read.keySet().forEach((reference) -> add(reference, keys));
		List<UsedSecret> all = new ArrayList<>();
		keys.forEach((selector, used) -> all.add(new UsedSecret(selector, used, imports.contains(selector))));
		return all;
	}

	private static void add(ResolvedReference reference, Map<SecretSelector, Set<KeySelector>> keys) {
		keys.computeIfAbsent(reference.selector(), (selector) -> new LinkedHashSet<>()).add(reference.key());
	}

}
