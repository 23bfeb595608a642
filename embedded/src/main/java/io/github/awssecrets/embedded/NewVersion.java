package io.github.awssecrets.embedded;

import java.time.Instant;
import java.util.Collection;

/**
 * A version that a call asks for. Adding it is idempotent: one with the same id and value
 * that exists is left as it is, and one without a value gets it.
 *
 * @param id the version id, which the client chose
 * @param content the value
 */
record NewVersion(String id, SecretContent content) {

	/**
	 * Adds the version to a secret.
	 * @throws ApiException if the secret has a version with this id and another value
	 */
	Secret addTo(Secret secret, Collection<String> stages, Instant now) {
		SecretVersion existing = secret.versions().withId(this.id).orElse(null);
		if (existing == null) {
			return secret
				.withVersions(secret.versions().with(new SecretVersion(this.id, this.content, now, null), stages), now);
		}
		if (existing.content() == null) {
			return secret.withVersions(secret.versions().fill(this.id, this.content, stages), now);
		}
		if (!existing.content().equals(this.content)) {
			throw ApiException.exists(
					"You can't use ClientRequestToken %s because that value is already in use for a version of secret %s."
						.formatted(this.id, secret.arn()));
		}
		return secret;
	}

	boolean isIn(Secret secret) {
		return secret.versions().withId(this.id).isPresent();
	}

}
