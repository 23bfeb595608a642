package io.github.awssecrets.credentials;

import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Where a user name or a password comes from.
 */
public sealed interface CredentialPart {

	/**
	 * A text that no rotation changes. Never shown.
	 *
	 * @param text the text, or {@code null} for none
	 */
	record Fixed(@Nullable String text) implements CredentialPart {

		@Override
		public String toString() {
			return "Fixed[***]";
		}

	}

	/**
	 * A property whose value comes from references.
	 *
	 * @param name the name of the property
	 */
	record Property(ConfigurationPropertyName name) implements CredentialPart {

	}

	/**
	 * A top-level key of a JSON secret.
	 *
	 * @param secret the secret
	 * @param name the name of the key
	 */
	record Key(SecretSelector secret, String name) implements CredentialPart {

	}

}
