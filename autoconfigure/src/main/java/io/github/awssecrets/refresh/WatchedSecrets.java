package io.github.awssecrets.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;
import io.github.awssecrets.snapshot.Snapshot.VersionKey;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that are watched, and what is known of each. Bounded by the number of
 * secrets in use. Not safe for use by several threads.
 */
final class WatchedSecrets {

	private final Map<SecretSelector, TrackedSecret> tracked = new LinkedHashMap<>();

	private final Map<VersionKey, SecretMemory> memories = new HashMap<>();

	/**
	 * Watch what is in use now. Not watched are secrets that nobody has read yet, and
	 * versions that were asked for by their id and have arrived: they never change.
	 * @param uses what is in use
	 * @param snapshot the snapshot, staged changes included
	 */
	void update(Collection<WatchedSecret> uses, Snapshot snapshot) {
		Set<SecretSelector> wanted = new HashSet<>();
		for (WatchedSecret use : uses) {
			if (!isWatched(use.selector(), snapshot.outcome(use.selector()))) {
				continue;
			}
			TrackedSecret secret = this.tracked.get(use.selector());
			if (secret == null) {
				this.tracked.put(use.selector(), new TrackedSecret(use));
			}
			else {
				secret.use(wanted.contains(use.selector()) ? secret.use().and(use) : use);
			}
			wanted.add(use.selector());
		}
		this.tracked.keySet().retainAll(wanted);
		if (this.memories.size() > 2 * this.tracked.size()) {
			this.memories.keySet().retainAll(keys(snapshot));
		}
	}

	private static boolean isWatched(SecretSelector selector, @Nullable RetrievalOutcome inUse) {
		return inUse != null && (selector.versionId() == null || !(inUse instanceof SecretVersion));
	}

	private static Set<VersionKey> keys(Snapshot snapshot) {
		Set<VersionKey> keys = new HashSet<>();
		snapshot.versions().forEach((selector, version) -> keys.add(VersionKey.of(selector, version)));
		return keys;
	}

	boolean isEmpty() {
		return this.tracked.isEmpty();
	}

	Set<SecretSelector> all() {
		return new LinkedHashSet<>(this.tracked.keySet());
	}

	/**
	 * Return the secrets that are retrieved together.
	 * @return all but those that are retrieved apart
	 */
	Set<SecretSelector> together() {
		return select((secret) -> secret.lane() == null);
	}

	Set<SecretSelector> toConfirm(long now) {
		return select((secret) -> secret.confirmation().isDue(now));
	}

	private Set<SecretSelector> select(Predicate<TrackedSecret> condition) {
		Set<SecretSelector> selected = new LinkedHashSet<>();
		this.tracked.forEach((selector, secret) -> {
			if (condition.test(secret)) {
				selected.add(selector);
			}
		});
		return selected;
	}

	/**
	 * Return the nanoseconds until an unconfirmed version can be confirmed; the maximum
	 * if there is none.
	 */
	long untilConfirmation(long now) {
		long until = Long.MAX_VALUE;
		for (TrackedSecret secret : this.tracked.values()) {
			until = Math.min(until, secret.confirmation().remaining(now));
		}
		return until;
	}

	void postponeConfirmations(long now, long nanoTime) {
		this.tracked.values().forEach((secret) -> secret.postponeConfirmation(now, nanoTime));
	}

	/**
	 * Return the nanoseconds until a lane is due that is not under way; the maximum if
	 * there is none.
	 */
	long untilApart(long now, Set<ApartLane> underWay) {
		long until = Long.MAX_VALUE;
		for (TrackedSecret secret : this.tracked.values()) {
			if (secret.lane() != null && !underWay.contains(secret.lane())) {
				until = Math.min(until, secret.attempt().remaining(now));
			}
		}
		return until;
	}

	/**
	 * Return the lanes that are due, each with all its secrets.
	 */
	Map<ApartLane, Set<SecretSelector>> apart(long now) {
		Map<ApartLane, Set<SecretSelector>> lanes = new LinkedHashMap<>();
		this.tracked.forEach((selector, secret) -> {
			if (secret.lane() != null && secret.attempt().isDue(now)) {
				lanes.put(secret.lane(), new LinkedHashSet<>());
			}
		});
		this.tracked.forEach((selector, secret) -> {
			if (secret.lane() != null && lanes.containsKey(secret.lane())) {
				lanes.get(secret.lane()).add(selector);
			}
		});
		return lanes;
	}

	/**
	 * Say when a lane is due.
	 */
	void retryApart(ApartLane lane, long nanoTime) {
		this.tracked.values()
			.stream()
			.filter((secret) -> lane.equals(secret.lane()))
			.forEach((secret) -> secret.attempt().set(nanoTime));
	}

	@Nullable TrackedSecret get(SecretSelector selector) {
		return this.tracked.get(selector);
	}

	SecretMemory memory(SecretSelector selector, SecretVersion version) {
		return this.memories.computeIfAbsent(VersionKey.of(selector, version), (key) -> new SecretMemory());
	}

	void forgetRefusals() {
		this.memories.values().forEach(SecretMemory::forgetRefusals);
	}

	/**
	 * Return what the application uses of a secret under all its spellings.
	 * @param secret the secret under one spelling
	 * @param version the version that was retrieved for that
	 * @param snapshot the snapshot in use
	 * @param retrieved what else was retrieved with it
	 */
	WatchedSecret use(TrackedSecret secret, SecretVersion version, Snapshot snapshot,
			Map<SecretSelector, RetrievalOutcome> retrieved) {
		WatchedSecret use = secret.use();
		VersionKey key = VersionKey.of(use.selector(), version);
		for (TrackedSecret other : this.tracked.values()) {
			SecretSelector selector = other.use().selector();
			if (means(selector, snapshot.outcome(selector), key) || means(selector, retrieved.get(selector), key)) {
				use = use.and(other.use());
			}
		}
		return use;
	}

	private static boolean means(SecretSelector selector, @Nullable RetrievalOutcome outcome, VersionKey key) {
		return outcome instanceof SecretVersion version && VersionKey.of(selector, version).equals(key);
	}

	/**
	 * Return what is known of each secret.
	 * @param current the snapshot in use
	 * @param pending what is not applied yet
	 * @param nextPoll tells when a secret is polled again
	 */
	List<SecretStatus> status(Snapshot current, Map<SecretSelector, SecretChange> pending,
			Function<TrackedSecret, @Nullable Instant> nextPoll) {
		List<SecretStatus> status = new ArrayList<>();
		this.tracked.forEach((selector, secret) -> status
			.add(secret.status(current.outcome(selector), pending.get(selector), nextPoll.apply(secret))));
		return status;
	}

}
