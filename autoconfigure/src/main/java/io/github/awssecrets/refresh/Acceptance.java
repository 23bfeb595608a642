package io.github.awssecrets.refresh;

import java.util.function.Predicate;

import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from retrieving a secret again. Versions are told apart by ARN and
 * id, never by content, and a version is accepted as a whole or not at all.
 */
final class Acceptance {

	private Acceptance() {
	}

	/**
	 * Decide.
	 * @param use what the application uses of the secret
	 * @param inUse the outcome in use
	 * @param retrieved the new outcome
	 * @param held tells whether a version id was in use before
	 * @param confirmed whether the same version was retrieved some time ago, too
	 * @return the decision
	 */
	static Decision decide(WatchedSecret use, RetrievalOutcome inUse, RetrievalOutcome retrieved,
			Predicate<String> held, boolean confirmed) {
		if (retrieved instanceof SecretVersion version) {
			return decide(use, (inUse instanceof SecretVersion current) ? current : null, version, held, confirmed);
		}
		RetrievalFailure failure = (RetrievalFailure) retrieved;
		if (inUse instanceof RetrievalFailure before) {
			return decide(before, failure);
		}
		return isGone(failure.cause()) ? new Decision.Gone(failure) : new Decision.Failing(failure);
	}

	private static Decision decide(WatchedSecret use, @Nullable SecretVersion inUse, SecretVersion version,
			Predicate<String> held, boolean confirmed) {
		if (version.isSameAs(inUse)) {
			return new Decision.Unchanged();
		}
		if (!confirmed && (held.test(version.versionId()) || isOlder(version, inUse))) {
			return new Decision.ToBeConfirmed(version);
		}
		String reason = ContentCheck.reject(use, (inUse != null) ? inUse.content() : null, version.content());
		return (reason != null) ? new Decision.Rejected(version, reason) : new Decision.Accepted(version);
	}

	private static boolean isOlder(SecretVersion version, @Nullable SecretVersion inUse) {
		return inUse != null && inUse.created() != null && version.created() != null
				&& version.created().isBefore(inUse.created());
	}

	/**
	 * Decide where there never was a version. That a secret does not exist is worth
	 * knowing: defaults apply.
	 */
	private static Decision decide(RetrievalFailure inUse, RetrievalFailure retrieved) {
		if (retrieved.cause() != Cause.NOT_FOUND) {
			return new Decision.Failing(retrieved);
		}
		return (inUse.cause() == Cause.NOT_FOUND) ? new Decision.Unchanged() : new Decision.Accepted(retrieved);
	}

	private static boolean isGone(Cause cause) {
		return switch (cause) {
			case NOT_FOUND, VERSION_NOT_FOUND, SCHEDULED_FOR_DELETION -> true;
			default -> false;
		};
	}

}
