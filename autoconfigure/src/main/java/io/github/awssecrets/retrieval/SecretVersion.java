package io.github.awssecrets.retrieval;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import io.github.awssecrets.reference.SecretContent;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret, as AWS or a file answered it. Never shows the content. Versions
 * of one secret are told apart by their id, not by their content.
 *
 * @param arn the complete ARN of the secret
 * @param name the name of the secret
 * @param region the Region that was called, or {@code null} if the secret is in a file
 * @param versionId the id of the version
 * @param stages the stages attached to the version, such as {@code AWSCURRENT}, in
 * natural order; empty if it has none
 * @param content the content
 * @param created when the version was created, or {@code null} if the answer does not say
 * @param retrieved when the answer arrived, by this machine's clock
 */
public record SecretVersion(String arn, String name, @Nullable String region, String versionId, Set<String> stages,
		SecretContent content, @Nullable Instant created, Instant retrieved) implements RetrievalOutcome {

	private static final Set<String> CURRENT = Set.of("AWSCURRENT");

	public SecretVersion {
		// Nearly all versions have this stage alone, and need no set of their own
		stages = stages.equals(CURRENT) ? CURRENT : Collections.unmodifiableSet(new TreeSet<>(stages));
	}

	/**
	 * Return whether an outcome is this version of this secret.
	 * @param outcome any outcome, or {@code null}
	 * @return whether the ARN and the version id are equal; content is never compared
	 */
	public boolean isSameAs(@Nullable RetrievalOutcome outcome) {
		return outcome instanceof SecretVersion other && this.versionId.equals(other.versionId)
				&& this.arn.equals(other.arn);
	}

	@Override
	public String toString() {
		return "SecretVersion[%s, version %s %s, %s]".formatted(this.arn, this.versionId, this.stages, this.region);
	}

}
