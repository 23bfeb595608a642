package io.github.awssecrets.refresh;

import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;

/**
 * Brings accepted changes to the application. They are staged; whoever applies them
 * {@linkplain SecretsWatcher#promote promotes} and then
 * {@linkplain SecretsWatcher#acknowledge acknowledges} them. What is not acknowledged
 * when this returns is handed over again later.
 */
@FunctionalInterface
public interface ChangeApplier {

	/**
	 * Return whether changes can be applied by now. If not, whoever makes that so has to
	 * wake the watcher.
	 * @return whether they can
	 */
	default boolean isReady() {
		return true;
	}

	/**
	 * Apply changes. Called on a thread of its own, never twice at once, and never
	 * without a change.
	 * @param changes all changes that are pending, those of failed attempts included
	 * @throws Exception if that failed
	 */
	void apply(Map<SecretSelector, SecretChange> changes) throws Exception;

}
