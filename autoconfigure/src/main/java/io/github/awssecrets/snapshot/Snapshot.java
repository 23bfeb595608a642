package io.github.awssecrets.snapshot;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of every retrieval at one moment. Immutable: what was read from one
 * snapshot belongs together.
 */
public final class Snapshot {

	/**
	 * The snapshot before the first retrieval.
	 */
	public static final Snapshot EMPTY = new Snapshot(Map.of());

	private final Map<SecretSelector, RetrievalOutcome> outcomes;

	private Snapshot(Map<SecretSelector, RetrievalOutcome> outcomes) {
		this.outcomes = outcomes;
	}

	/**
	 * Return what came of retrieving a secret.
	 * @param selector the version of a secret
	 * @return the version or the failure, or {@code null} if it has not been retrieved
	 */
	public @Nullable RetrievalOutcome outcome(SecretSelector selector) {
		return this.outcomes.get(selector);
	}

	/**
	 * Return what all spellings of a secret have in common.
	 * @param selector the version of a secret
	 * @return what equals that of another spelling: the key of its version, or the
	 * selector itself if there is none
	 */
	public Object identity(SecretSelector selector) {
		return (outcome(selector) instanceof SecretVersion version) ? VersionKey.of(selector, version) : selector;
	}

	/**
	 * Return what of the wanted is not in this snapshot.
	 * @param wanted the versions of secrets that are wanted
	 * @return those that have not been retrieved, in the order given
	 */
	public Set<SecretSelector> missing(Collection<SecretSelector> wanted) {
		Set<SecretSelector> missing = new LinkedHashSet<>(wanted);
		missing.removeAll(this.outcomes.keySet());
		return missing;
	}

	/**
	 * Return some of the outcomes in this snapshot.
	 * @param selectors the versions of secrets that are wanted
	 * @return the outcomes of those that have been retrieved
	 */
	Map<SecretSelector, RetrievalOutcome> outcomesOf(Collection<SecretSelector> selectors) {
		Map<SecretSelector, RetrievalOutcome> result = new LinkedHashMap<>(this.outcomes);
		result.keySet().retainAll(selectors);
		return result;
	}

	/**
	 * Return the versions in this snapshot.
	 * @return the versions that were retrieved, by what was asked for
	 */
	public Map<SecretSelector, SecretVersion> versions() {
		Map<SecretSelector, SecretVersion> versions = new LinkedHashMap<>();
		this.outcomes.forEach((selector, outcome) -> {
			if (outcome instanceof SecretVersion version) {
				versions.put(selector, version);
			}
		});
		return versions;
	}

	/**
	 * Return a snapshot that has more outcomes. What this snapshot has stays: a secret
	 * that is retrieved again under another spelling answers with the version that is in
	 * use already.
	 * @param more the outcomes to add
	 * @return the new snapshot
	 */
	public Snapshot with(Map<SecretSelector, RetrievalOutcome> more) {
		Map<SecretSelector, RetrievalOutcome> result = new LinkedHashMap<>(this.outcomes);
		Map<VersionKey, SecretVersion> inUse = new LinkedHashMap<>();
		versions().forEach((selector, version) -> inUse.putIfAbsent(VersionKey.of(selector, version), version));
		more.forEach((selector, outcome) -> result.putIfAbsent(selector, (outcome instanceof SecretVersion version)
				? inUse.computeIfAbsent(VersionKey.of(selector, version), (key) -> version) : outcome));
		return new Snapshot(result);
	}

	/**
	 * Return a snapshot in which outcomes are replaced. All spellings of a secret move
	 * together: whatever means the same version as one that is replaced gets the same new
	 * one. A version that is in use already stays the same object.
	 * @param accepted the outcomes that replace those in this snapshot
	 * @return the new snapshot; this one if nothing differs
	 */
	public Snapshot replacing(Map<SecretSelector, ? extends RetrievalOutcome> accepted) {
		Map<SecretSelector, RetrievalOutcome> result = new LinkedHashMap<>(this.outcomes);
		Map<VersionKey, SecretVersion> latest = new HashMap<>();
		accepted.forEach((selector, outcome) -> {
			result.put(selector, outcome);
			if (outcome instanceof SecretVersion version) {
				latest.put(VersionKey.of(selector, version), version);
			}
		});
		versions().forEach((selector, inUse) -> {
			SecretVersion version = latest.get(VersionKey.of(selector, inUse));
			if (version != null) {
				result.put(selector, version);
			}
		});
		result.replaceAll((selector, outcome) -> {
			RetrievalOutcome inUse = outcome(selector);
			return (inUse != null && isSame(inUse, outcome)) ? inUse : outcome;
		});
		return result.equals(this.outcomes) ? this : new Snapshot(result);
	}

	/**
	 * Return what differs from another snapshot that has everything that this one has.
	 * @param next the other snapshot
	 * @return the outcomes in both, by what was asked for
	 */
	public Map<SecretSelector, SecretChange> changesTo(Snapshot next) {
		Map<SecretSelector, SecretChange> changes = new LinkedHashMap<>();
		next.outcomes.forEach((selector, outcome) -> {
			RetrievalOutcome before = outcome(selector);
			if (before == null || !isSame(before, outcome)) {
				changes.put(selector, new SecretChange(before, outcome));
			}
		});
		return changes;
	}

	/**
	 * Tell whether two outcomes are the same, which for versions is a question of the ARN
	 * and the version id, never of the content, and for failures of the cause.
	 */
	private static boolean isSame(RetrievalOutcome one, RetrievalOutcome other) {
		if (one instanceof SecretVersion version) {
			return version.isSameAs(other);
		}
		return one instanceof RetrievalFailure failure && other instanceof RetrievalFailure otherFailure
				&& failure.cause() == otherFailure.cause();
	}

	/**
	 * What two selectors have in common that mean the same version of the same secret.
	 *
	 * @param arn the ARN of the secret
	 * @param stage the stage asked for, or {@code null} for the current version
	 * @param versionId the version id asked for, or {@code null}
	 */
	public record VersionKey(String arn, @Nullable String stage, @Nullable String versionId) {

		/**
		 * Return the key of what was retrieved.
		 * @param selector what was asked for
		 * @param version what was answered
		 * @return the key
		 */
		public static VersionKey of(SecretSelector selector, SecretVersion version) {
			return new VersionKey(version.arn(), selector.stage(), selector.versionId());
		}

	}

}
