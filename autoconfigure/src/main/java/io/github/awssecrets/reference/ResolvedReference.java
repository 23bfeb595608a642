package io.github.awssecrets.reference;

import org.jspecify.annotations.Nullable;

/**
 * What a reference asks for after its placeholders are replaced.
 *
 * @param selector the version of a secret
 * @param key the part of it
 */
public record ResolvedReference(SecretSelector selector, KeySelector key) {

	/**
	 * Return how else a dotted reference could have been meant, for messages that say
	 * that a secret or key was not found.
	 * @return the other reading, or {@code null} if there is only one
	 */
	public @Nullable OtherReading otherReading() {
		return OtherReading.of(this);
	}

}
