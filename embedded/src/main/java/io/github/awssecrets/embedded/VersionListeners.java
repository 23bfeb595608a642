package io.github.awssecrets.embedded;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * All that are told of a server's rotations. Safe for use by several threads.
 */
final class VersionListeners {

	private final Set<VersionListener> listeners = new CopyOnWriteArraySet<>();

	void add(VersionListener listener) {
		this.listeners.add(listener);
	}

	void remove(VersionListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Tell every listener, whatever the others make of it.
	 * @param rotation the rotation
	 * @param current whether its version still is the current one: of one that is not,
	 * nobody has to follow
	 * @throws RuntimeException the first that a listener threw, with those of others
	 */
	void tell(VersionChange rotation, BooleanSupplier current) {
		RuntimeException failure = null;
		for (VersionListener listener : this.listeners) {
			try {
				listener.rotated(rotation);
			}
			catch (RuntimeException ex) {
				failure = join(failure, ex);
			}
		}
		if (failure != null && current.getAsBoolean()) {
			throw failure;
		}
	}

	private static RuntimeException join(@Nullable RuntimeException first, RuntimeException next) {
		if (first == null) {
			return next;
		}
		first.addSuppressed(next);
		return first;
	}

}
