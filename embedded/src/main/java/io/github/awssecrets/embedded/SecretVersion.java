package io.github.awssecrets.embedded;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One version of a secret. Its stages are held by {@link SecretVersions}.
 *
 * @param id the version id
 * @param content the value; a rotation begins with a version that has none
 * @param created when it was created
 * @param lastAccessed when its value was last retrieved
 */
record SecretVersion(String id, @Nullable SecretContent content, Instant created, @Nullable Instant lastAccessed) {

	boolean hasContent() {
		return this.content != null;
	}

	SecretVersion withContent(SecretContent newContent) {
		return new SecretVersion(this.id, newContent, this.created, this.lastAccessed);
	}

	SecretVersion accessed(Instant now) {
		return new SecretVersion(this.id, this.content, this.created, now);
	}

}
