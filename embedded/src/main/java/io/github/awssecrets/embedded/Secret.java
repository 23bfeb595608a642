package io.github.awssecrets.embedded;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A secret: its metadata and versions; immutable.
 *
 * @param arn the complete ARN
 * @param name the name
 * @param metadata what describes it
 * @param versions its versions, none for a secret created without a value
 * @param times when something happened to it
 * @param rotation how it is rotated, if that was ever configured
 */
record Secret(String arn, String name, Metadata metadata, SecretVersions versions, Times times,
		@Nullable RotationSettings rotation) {

	static Secret create(String arn, String name, Metadata metadata, Instant now) {
		return new Secret(arn, name, metadata, SecretVersions.NONE, new Times(now, now, null, null), null);
	}

	boolean isCurrent(String secretArn, String versionId) {
		return this.arn.equals(secretArn) && this.versions.withStage(SecretVersions.CURRENT)
			.filter((version) -> version.id().equals(versionId))
			.isPresent();
	}

	boolean isDeleted() {
		return this.times.deletion() != null;
	}

	Secret requireNotDeleted() {
		if (isDeleted()) {
			throw ApiException.markedForDeletion();
		}
		return this;
	}

	Secret withMetadata(Metadata newMetadata, Instant now) {
		return new Secret(this.arn, this.name, newMetadata, this.versions, this.times.changed(now), this.rotation);
	}

	Secret withVersions(SecretVersions newVersions, Instant now) {
		return new Secret(this.arn, this.name, this.metadata, newVersions, this.times.changed(now), this.rotation);
	}

	Secret accessed(String versionId, Instant now) {
		return new Secret(this.arn, this.name, this.metadata,
				this.versions.replace(versionId, (version) -> version.accessed(now)), this.times.accessed(now),
				this.rotation);
	}

	Secret withDeletion(@Nullable Instant deletion) {
		return new Secret(this.arn, this.name, this.metadata, this.versions, this.times.deletion(deletion),
				this.rotation);
	}

	Secret withRotation(@Nullable RotationSettings newRotation, Instant now) {
		return new Secret(this.arn, this.name, this.metadata, this.versions, this.times.changed(now), newRotation);
	}

	/**
	 * What describes a secret.
	 *
	 * @param description the description
	 * @param kmsKeyId the KMS key as given, which encrypts nothing
	 * @param tags the tags
	 */
	record Metadata(@Nullable String description, @Nullable String kmsKeyId, Map<String, String> tags) {

		Metadata {
			tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
		}

		/**
		 * These metadata with what was given anew.
		 */
		Metadata with(@Nullable String newDescription, @Nullable String newKmsKeyId) {
			return new Metadata((newDescription != null) ? newDescription : this.description,
					(newKmsKeyId != null) ? newKmsKeyId : this.kmsKeyId, this.tags);
		}

	}

	/**
	 * When something happened to a secret.
	 *
	 * @param created when it was created
	 * @param changed when it last changed
	 * @param accessed when its value was last retrieved
	 * @param deletion when it will be deleted, if it is marked for deletion
	 */
	record Times(Instant created, Instant changed, @Nullable Instant accessed, @Nullable Instant deletion) {

		Times changed(Instant now) {
			return new Times(this.created, now, this.accessed, this.deletion);
		}

		Times accessed(Instant now) {
			return new Times(this.created, this.changed, now, this.deletion);
		}

		Times deletion(@Nullable Instant newDeletion) {
			return new Times(this.created, this.changed, this.accessed, newDeletion);
		}

	}

}
