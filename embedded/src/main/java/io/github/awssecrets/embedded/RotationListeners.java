package io.github.awssecrets.embedded;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * All that are told of a server's rotations. Safe for use by several threads.
 */
final class RotationListeners {

	private final Set<RotationListener> listeners = new CopyOnWriteArraySet<>();

	void add(RotationListener listener) {
		this.listeners.add(listener);
	}

	void remove(RotationListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Tell every listener, whatever the others make of it.
	 * @param rotation the rotation
	 * @param current whether its version still is the current one: of one that is not,
	 * nobody has to follow
	 * @throws RuntimeException the first that a listener threw, with those of others
	 */
	void tell(Rotation rotation, BooleanSupplier current) {
		RuntimeException failure = null;
		for (RotationListener listener : this.listeners) {
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
