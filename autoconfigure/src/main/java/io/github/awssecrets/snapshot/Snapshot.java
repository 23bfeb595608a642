package io.github.awssecrets.snapshot;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
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
	 * What two selectors have in common that mean the same version of the same secret:
	 * the secret's ARN and the stage or version id asked for.
	 */
	private record VersionKey(String arn, @Nullable String stage, @Nullable String versionId) {

		static VersionKey of(SecretSelector selector, SecretVersion version) {
			return new VersionKey(version.arn(), selector.stage(), selector.versionId());
		}

	}

}
