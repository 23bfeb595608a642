package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.github.awssecrets.reference.SecretId;
import org.jspecify.annotations.Nullable;

/**
 * What earlier retrievals learned about a Region: whether batches are denied there, and
 * which secrets make a batch fail. Safe for use by many threads.
 */
final class RegionMemory {

	private static final Duration DENIAL_LASTS = Duration.ofHours(1);

	private final AtomicReference<@Nullable Instant> deniedUntil = new AtomicReference<>();

	private final Set<SecretId> alone = ConcurrentHashMap.newKeySet();

	/**
	 * Return how to ask for many secrets now. {@link Batches#PROBE} is returned once;
	 * until its outcome is known, batches count as denied.
	 * @param now the time of day
	 * @return how to ask for many secrets now
	 */
	Batches batches(Instant now) {
		Instant until = this.deniedUntil.get();
		if (until == null) {
			return Batches.ALLOWED;
		}
		boolean probe = !now.isBefore(until) && this.deniedUntil.compareAndSet(until, now.plus(DENIAL_LASTS));
		return probe ? Batches.PROBE : Batches.DENIED;
	}

	void batchDenied(Instant now) {
		this.deniedUntil.set(now.plus(DENIAL_LASTS));
	}

	void batchAllowed() {
		this.deniedUntil.set(null);
	}

	boolean isDenied() {
		return this.deniedUntil.get() != null;
	}

	boolean isAlone(SecretId id) {
		return this.alone.contains(id);
	}

	void askAlone(SecretId id) {
		this.alone.add(id);
	}

	void answered(SecretId id) {
		this.alone.remove(id);
	}

	/**
	 * How to ask for many secrets.
	 */
	enum Batches {

		/** In batches. */
		ALLOWED,

		/** One by one. */
		DENIED,

		/** One batch, to see whether they are still denied, and the others one by one. */
		PROBE

	}

}
