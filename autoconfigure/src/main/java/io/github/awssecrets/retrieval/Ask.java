package io.github.awssecrets.retrieval;

import java.util.Objects;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

/**
 * A selector as it is asked for: with the Region that is called, and without a stage
 * where that is the current one. Two selectors with equal asks share one outcome.
 *
 * @param region the Region, or {@code null} if none is known
 * @param id the name or ARN of the secret
 * @param stage the version stage, or {@code null} for the current one
 * @param versionId the version id, or {@code null}
 */
record Ask(@Nullable String region, SecretId id, @Nullable String stage, @Nullable String versionId) {

	static final String CURRENT_STAGE = "AWSCURRENT";

	static Ask of(SecretSelector selector, @Nullable String ownRegion) {
		String region = (selector.region() != null) ? selector.region() : ownRegion;
		String stage = CURRENT_STAGE.equals(selector.stage()) ? null : selector.stage();
		return new Ask(region, selector.id(), stage, selector.versionId());
	}

	boolean isCurrent() {
		return this.stage == null && this.versionId == null;
	}

	String requireRegion() {
		return Objects.requireNonNull(this.region);
	}

	/**
	 * Return whether an answer with this ARN and name is for this secret.
	 */
	boolean isFor(@Nullable String arn, @Nullable String name) {
		return this.id.value().equals(this.id.isArn() ? arn : name);
	}

}
