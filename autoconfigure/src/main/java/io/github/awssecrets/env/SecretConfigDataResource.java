package io.github.awssecrets.env;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * The config data of a secret. Its identity is what is asked for, wherever that is
 * written.
 */
class SecretConfigDataResource extends ConfigDataResource {

	private final SecretImport secret;

	private final ImportUse use;

	/**
	 * Create a resource.
	 * @param secret what is asked for
	 * @param use where that is written; no part of the identity
	 */
	SecretConfigDataResource(SecretImport secret, ImportUse use) {
		this.secret = secret;
		this.use = use;
	}

	SecretImport secret() {
		return this.secret;
	}

	ImportUse use() {
		return this.use;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SecretConfigDataResource resource && this.secret.equals(resource.secret);
	}

	@Override
	public int hashCode() {
		return this.secret.hashCode();
	}

	@Override
	public String toString() {
		return this.secret.toString();
	}

}
