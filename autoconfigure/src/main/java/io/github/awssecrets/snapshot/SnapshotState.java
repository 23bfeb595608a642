package io.github.awssecrets.snapshot;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

/**
 * The current snapshot, and what is staged on top of it.
 *
 * @param current the current snapshot
 * @param accepted what is staged
 * @param staged the snapshot that a promotion makes of both
 */
record SnapshotState(Snapshot current, Map<SecretSelector, RetrievalOutcome> accepted, Snapshot staged) {

	SnapshotState(Snapshot current, Map<SecretSelector, RetrievalOutcome> accepted) {
		this(current, accepted, accepted.isEmpty() ? current : current.replacing(accepted));
	}

	Map<SecretSelector, SecretChange> changes() {
		return this.accepted.isEmpty() ? Map.of() : this.current.changesTo(this.staged);
	}

	SnapshotState with(Map<SecretSelector, RetrievalOutcome> more) {
		return new SnapshotState(this.current.with(more), this.accepted);
	}

	SnapshotState without(Collection<SecretSelector> selectors) {
		Set<Object> secrets = new HashSet<>(selectors);
		selectors.forEach((selector) -> secrets.add(identity(selector, this.staged.outcome(selector))));
		Map<SecretSelector, RetrievalOutcome> rest = new LinkedHashMap<>(this.accepted);
		rest.entrySet()
			.removeIf((entry) -> secrets.contains(entry.getKey())
					|| secrets.contains(identity(entry.getKey(), entry.getValue())));
		return new SnapshotState(this.current, rest);
	}

	private static Object identity(SecretSelector selector, @Nullable RetrievalOutcome outcome) {
		return (outcome instanceof SecretVersion version) ? Snapshot.VersionKey.of(selector, version) : selector;
	}

}
