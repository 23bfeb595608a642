package io.github.awssecrets.env;

import java.util.Set;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretSelector;

/**
 * A secret that an application uses, and what it uses of it.
 *
 * @param selector the version of a secret, as references ask for it
 * @param keys the keys that references name
 * @param imported whether all top-level keys are in use, as an import has it
 */
public record UsedSecret(SecretSelector selector, Set<KeySelector> keys, boolean imported) {

	public UsedSecret {
		keys = Set.copyOf(keys);
	}

}
