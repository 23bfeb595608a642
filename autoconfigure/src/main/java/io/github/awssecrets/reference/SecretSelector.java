package io.github.awssecrets.reference;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What one retrieval asks for: a version of a secret in a Region. Without stage and
 * version id that is the current version.
 *
 * @param id the name or ARN of the secret
 * @param region the Region, which is always that of an ARN, or {@code null} for the
 * application's own
 * @param stage the version stage, 1 to 256 characters, or {@code null}
 * @param versionId the version id, 32 to 64 characters, or {@code null}; excludes a stage
 */
public record SecretSelector(SecretId id, @Nullable String region, @Nullable String stage, @Nullable String versionId) {

	private static final int MAXIMUM_STAGE_LENGTH = 256;

	private static final int MINIMUM_VERSION_LENGTH = 32;

	private static final int MAXIMUM_VERSION_LENGTH = 64;

	/**
	 * Create a selector. A missing Region is taken from an ARN.
	 * @throws ReferenceSyntaxException if AWS would refuse the Region, stage or version
	 * id, or if they contradict each other or the id
	 */
	public SecretSelector {
		if (region != null) {
			Region.requireValid(region);
			Arn.requireSameRegion(id.value(), region);
		}
		region = (region != null) ? region : id.arnRegion();
		if (stage != null && versionId != null) {
			throw new ReferenceSyntaxException("A version stage and a version id exclude each other");
		}
		if (stage != null && (stage.isEmpty() || stage.length() > MAXIMUM_STAGE_LENGTH)) {
			throw new ReferenceSyntaxException("A version stage has 1 to %d characters, and this one has %d"
				.formatted(MAXIMUM_STAGE_LENGTH, stage.length()));
		}
		if (versionId != null
				&& (versionId.length() < MINIMUM_VERSION_LENGTH || versionId.length() > MAXIMUM_VERSION_LENGTH)) {
			throw new ReferenceSyntaxException("A version id has %d to %d characters, and this one has %d"
				.formatted(MINIMUM_VERSION_LENGTH, MAXIMUM_VERSION_LENGTH, versionId.length()));
		}
	}

	/**
	 * Return a selector of the current version.
	 * @param id the name or ARN of the secret
	 * @return the selector, in the Region of an ARN or else the application's own
	 */
	public static SecretSelector current(SecretId id) {
		return new SecretSelector(id, null, null, null);
	}

	/**
	 * Return whether this selector asks for the current version.
	 * @return whether there is neither a stage nor a version id
	 */
	public boolean isCurrent() {
		return this.stage == null && this.versionId == null;
	}

	/* What a record does for itself takes longer, and each reference needs it often. */

	@Override
	public boolean equals(Object other) {
		return other instanceof SecretSelector selector && this.id.value().equals(selector.id.value())
				&& Objects.equals(this.region, selector.region) && Objects.equals(this.stage, selector.stage)
				&& Objects.equals(this.versionId, selector.versionId);
	}

	@Override
	public int hashCode() {
		int result = this.id.value().hashCode();
		result = 31 * result + Objects.hashCode(this.region);
		result = 31 * result + Objects.hashCode(this.stage);
		return 31 * result + Objects.hashCode(this.versionId);
	}

}
