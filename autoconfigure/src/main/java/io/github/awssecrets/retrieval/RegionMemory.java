package io.github.awssecrets.retrieval;

import java.time.Duration;
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

	private static final long DENIAL_LASTS = Duration.ofHours(1).toNanos();

	private final AtomicReference<@Nullable Denial> denial = new AtomicReference<>();

	private final Set<SecretId> alone = ConcurrentHashMap.newKeySet();

	/**
	 * Return how to ask for many secrets now. {@link Batches#PROBE} is returned once;
	 * until its outcome is known, batches count as denied.
	 * @param nanoTime the reading of the stopwatch
	 * @return how to ask for many secrets now
	 */
	Batches batches(long nanoTime) {
		Denial known = this.denial.get();
		if (known == null) {
			return Batches.ALLOWED;
		}
		boolean probe = nanoTime - known.since() >= DENIAL_LASTS
				&& this.denial.compareAndSet(known, new Denial(nanoTime));
		return probe ? Batches.PROBE : Batches.DENIED;
	}

	void batchDenied(long nanoTime) {
		this.denial.set(new Denial(nanoTime));
	}

	void batchAllowed() {
		this.denial.set(null);
	}

	boolean isDenied() {
		return this.denial.get() != null;
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
	 * That batches are denied, and since when by the stopwatch.
	 */
	private record Denial(long since) {

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
