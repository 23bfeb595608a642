package io.github.awssecrets.env;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;

/**
 * What the imports of an application have become so far. The bootstrap context carries it
 * from the start to every refresh, which loads config data again: what takes the place of
 * an import then has its properties at once, so that no reader misses them.
 */
final class ImportedReferences {

	private final ConcurrentMap<SecretImport, Map<String, String>> references = new ConcurrentHashMap<>();

	/**
	 * Return the instance of an application.
	 * @param context the bootstrap context of the application
	 * @return the instance
	 */
	static ImportedReferences of(ConfigurableBootstrapContext context) {
		context.registerIfAbsent(ImportedReferences.class,
				BootstrapRegistry.InstanceSupplier.of(new ImportedReferences()));
		return Objects.requireNonNull(context.get(ImportedReferences.class));
	}

	/**
	 * Return what an import became.
	 * @param secret the import
	 * @return the text of a reference by the name of the property; empty if that is not
	 * known yet
	 */
	Map<String, String> get(SecretImport secret) {
		return this.references.getOrDefault(secret, Map.of());
	}

	/**
	 * Remember what an import became.
	 * @param secret the import
	 * @param references the text of a reference by the name of the property
	 */
	void put(SecretImport secret, Map<String, String> references) {
		this.references.put(secret, Collections.unmodifiableMap(new LinkedHashMap<>(references)));
	}

}
