package io.github.awssecrets.env;

import java.util.Collection;
import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * The keys of database secrets that people may see the values of, such as where the
 * database is.
 */
final class ShownKeys {

	/* What all secrets have that AWS's rotation functions can rotate */
	private static final String KEY_OF_DATABASES = "engine";

	/* What the names of secrets start with that RDS manages; these have no engine */
	private static final String PREFIX_OF_RDS = "rds!";

	private final Set<String> names;

	/**
	 * Create an instance.
	 * @param names the names of the keys
	 */
	ShownKeys(Collection<String> names) {
		this.names = Set.copyOf(names);
	}

	/**
	 * Return whether people may see the value of a key.
	 * @param key the key
	 * @param outcome the secret
	 * @return whether it is a database secret, and the key one of these
	 */
	boolean areShown(KeySelector key, @Nullable RetrievalOutcome outcome) {
		String name = nameOf(key);
		return name != null && this.names.contains(name) && outcome instanceof SecretVersion version
				&& isOfDatabase(version);
	}

	private static boolean isOfDatabase(SecretVersion version) {
		return version.name().startsWith(PREFIX_OF_RDS) || version.content().keys().contains(KEY_OF_DATABASES);
	}

	private static @Nullable String nameOf(KeySelector key) {
		if (key instanceof KeySelector.Dotted dotted) {
			return dotted.name();
		}
		if (key instanceof KeySelector.Pointer pointer) {
			return (pointer.tokens().size() == 1) ? pointer.tokens().get(0) : null;
		}
		return (key instanceof KeySelector.Exact exact) ? exact.name() : null;
	}

}
