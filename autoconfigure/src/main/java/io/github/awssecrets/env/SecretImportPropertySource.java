package io.github.awssecrets.env;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The property source of an imported secret: a file, as it were, in which somebody wrote
 * a reference for each key of the secret. Immutable. Config data adds one that has only
 * what is known already, at start nothing; another one takes its place as soon as the
 * keys are known.
 */
final class SecretImportPropertySource extends EnumerablePropertySource<SecretImport>
		implements OriginLookup<String>, PropertySourceInfo {

	private final ImportUse use;

	private final ImportedReferences known;

	private final Map<String, String> references;

	/**
	 * Create a source. Its name is the same for equal imports.
	 * @param secret what is imported
	 * @param use where the import is written
	 * @param known what is known of the imports of the application
	 */
	SecretImportPropertySource(SecretImport secret, ImportUse use, ImportedReferences known) {
		super(secret.toString(), secret);
		this.use = use;
		this.known = known;
		this.references = known.get(secret);
	}

	ImportUse use() {
		return this.use;
	}

	/**
	 * Return a source for the place of this one.
	 * @param references the text of a reference by the name of the property
	 * @return this source, if it has just these, or another one
	 */
	SecretImportPropertySource with(Map<String, String> references) {
		if (this.references.equals(references)) {
			return this;
		}
		this.known.put(getSource(), references);
		return new SecretImportPropertySource(getSource(), this.use, this.known);
	}

	@Override
	public String[] getPropertyNames() {
		return this.references.keySet().toArray(String[]::new);
	}

	@Override
	public boolean containsProperty(String name) {
		return this.references.containsKey(name);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return this.references.get(name);
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		return this.references.containsKey(name) ? this.use.origin() : null;
	}

	@Override
	public boolean isImmutable() {
		return true;
	}

}
