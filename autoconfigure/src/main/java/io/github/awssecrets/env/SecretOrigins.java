package io.github.awssecrets.env;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;

/**
 * Finds out whether a value comes from secrets.
 */
public final class SecretOrigins {

	private SecretOrigins() {
	}

	/**
	 * Return the secrets that something was made from.
	 * @param source a property or error that knows its origin, or an origin
	 * @return the origin, or {@code null} if there is no secret in it
	 */
	public static @Nullable SecretOrigin find(@Nullable Object source) {
		Origin origin = (source instanceof Origin given) ? given : Origin.from(source);
		while (origin != null) {
			if (origin instanceof SecretOrigin secret) {
				return secret;
			}
			origin = (origin instanceof PropertySourceOrigin wrapper) ? wrapper.getOrigin() : origin.getParent();
		}
		return null;
	}

}
