package io.github.awssecrets.permission;

import java.util.Map;
import java.util.function.Function;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * Where an application is in AWS, as far as that is known: the names of secrets are of
 * its own account, and of its own Region if nothing else is said.
 *
 * @param partition the partition, such as {@code aws}, or {@code null}
 * @param region the Region, or {@code null}
 * @param account the account, or {@code null}
 */
record Caller(@Nullable String partition, @Nullable String region, @Nullable String account) {

	/**
	 * Return what settings say of a caller.
	 * @param region the Region, or {@code null}
	 * @param roleArn the ARN of the role that is assumed, or {@code null}
	 * @return the caller
	 */
	static Caller of(@Nullable String region, @Nullable String roleArn) {
		String[] role = (roleArn != null) ? roleArn.split(":", 6) : null;
		return (role != null) ? new Caller(role[1], region, role[4]) : new Caller(null, region, null);
	}

	/**
	 * Complete what is known by what AWS answered.
	 * @param outcomes what came of asking for secrets
	 * @return the caller
	 */
	Caller completedBy(Map<SecretSelector, RetrievalOutcome> outcomes) {
		Caller known = this;
		for (Map.Entry<SecretSelector, RetrievalOutcome> outcome : outcomes.entrySet()) {
			known = known.or(answered(outcome.getKey(), outcome.getValue()));
		}
		return known;
	}

	private static Caller answered(SecretSelector selector, RetrievalOutcome outcome) {
		if (outcome instanceof RetrievalFailure failure) {
			String principal = failure.principal();
			return new Caller((principal != null) ? principal.split(":", 3)[1] : null,
					(selector.region() != null) ? null : failure.region(), failure.account());
		}
		SecretVersion version = (SecretVersion) outcome;
		SecretResource resource = SecretResource.ofArn(version.arn());
		return new Caller(resource.partition(), (selector.region() != null) ? null : version.region(),
				selector.id().isArn() ? null : resource.account());
	}

	private Caller or(Caller other) {
		return new Caller(first(Caller::partition, other), first(Caller::region, other), first(Caller::account, other));
	}

	private @Nullable String first(Function<Caller, @Nullable String> part, Caller other) {
		String known = part.apply(this);
		return (known != null) ? known : part.apply(other);
	}

}
