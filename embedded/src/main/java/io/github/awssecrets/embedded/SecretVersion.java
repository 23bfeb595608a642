package io.github.awssecrets.embedded;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of a secret. Its stages are held by {@link SecretVersions}.
 *
 * @param id the version id
 * @param content the value
 * @param created when it was created
 * @param lastAccessed when its value was last retrieved
 */
record SecretVersion(String id, SecretContent content, Instant created, @Nullable Instant lastAccessed) {

	SecretVersion accessed(Instant now) {
		return new SecretVersion(this.id, this.content, this.created, now);
	}

}
