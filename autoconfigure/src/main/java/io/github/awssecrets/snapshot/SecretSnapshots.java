package io.github.awssecrets.snapshot;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one application: its current {@link Snapshot}, and the retrieval that
 * fills it. A secret is retrieved once; what is asked for later is retrieved when it is
 * first read. What changes afterwards is first {@linkplain #stage staged}, then
 * {@linkplain #promote promoted} at once.
 * <p>
 * Safe for use by several threads. Reads are one volatile read; only first retrievals
 * exclude each other, and nothing waits for them but readers of what they retrieve.
 * Nothing is created before the first retrieval.
 */
public final class SecretSnapshots implements AutoCloseable {

	private final Supplier<SecretRetrieval> retrievals;

	private final Duration timeout;

	/* Of this application only: an instance has a value for as long as a read lasts. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Snapshot> pinned = new ThreadLocal<>();

	/* Held while something is retrieved for the first time. */
	private final Object firstRetrieval = new Object();

	/* Held for as long as it takes to replace a state. */
	private final Object monitor = new Object();

	private volatile SnapshotState state = new SnapshotState(Snapshot.EMPTY, Map.of());

	private volatile @Nullable SecretRetrieval retrieval;

	private volatile boolean closed;

	/**
	 * Create an instance that has no secrets yet.
	 * @param retrievals creates the retrieval; asked once, at the first retrieval
	 * @param timeout the time that one retrieval of all that is missing may take
	 */
	public SecretSnapshots(Supplier<SecretRetrieval> retrievals, Duration timeout) {
		this.retrievals = retrievals;
		this.timeout = timeout;
	}

	/**
	 * Return the current snapshot.
	 * @return the snapshot, the one that {@link #consistently} or {@link #reading} holds
	 * for this thread if it is reading
	 */
	public Snapshot current() {
		Snapshot snapshot = this.pinned.get();
		return (snapshot != null) ? snapshot : this.state.current();
	}

	/**
	 * Return whether a snapshot is the one that all who begin to read get.
	 * @param snapshot the snapshot
	 * @return whether it is, whatever this thread is reading from
	 */
	@SuppressWarnings("ReferenceEquality")
	public boolean isCurrent(Snapshot snapshot) {
		return snapshot == this.state.current();
	}

	/**
	 * Return the snapshot that a promotion would make the current one.
	 * @return the current snapshot with all that is staged
	 */
	public Snapshot staged() {
		return this.state.staged();
	}

	/**
	 * Read several secrets from one snapshot: the current one, or the one that this
	 * thread is reading from already.
	 * @param <T> the type of the result
	 * @param reading what reads; calls inside it see the same snapshot, even if others
	 * change meanwhile
	 * @return what the reading returned
	 */
	public <T> T consistently(Supplier<T> reading) {
		return (this.pinned.get() != null) ? reading.get() : reading(this.state.current(), reading);
	}

	/**
	 * Read from a certain snapshot on this thread, while all others read from the current
	 * one: from the {@linkplain #staged() staged} one, say, to see what it would bring.
	 * @param <T> the type of the result
	 * @param snapshot the snapshot
	 * @param reading what reads
	 * @return what the reading returned
	 */
	public <T> T reading(Snapshot snapshot, Supplier<T> reading) {
		Snapshot before = this.pinned.get();
		this.pinned.set(snapshot);
		try {
			return reading.get();
		}
		finally {
			if (before != null) {
				this.pinned.set(before);
			}
			else {
				this.pinned.remove();
			}
		}
	}

	/**
	 * Return what came of retrieving a secret, which is retrieved now if it has not been
	 * asked for before.
	 * @param selector the version of a secret
	 * @return the version or the failure
	 */
	public RetrievalOutcome outcome(SecretSelector selector) {
		RetrievalOutcome outcome = current().outcome(selector);
		if (outcome == null) {
			retrieve(Set.of(selector));
			outcome = current().outcome(selector);
		}
		if (outcome == null) {
			throw new IllegalStateException("The secrets of this application are closed");
		}
		return outcome;
	}

	/**
	 * Retrieve all that has not been retrieved before, in one go.
	 * @param selectors the versions of secrets that are wanted
	 * @return what was retrieved, or {@code null} if nothing was missing
	 */
	public @Nullable RetrievalReport retrieve(Collection<SecretSelector> selectors) {
		// Who needs nothing does not wait for what others retrieve
		RetrievalReport report = this.state.current().missing(selectors).isEmpty() ? null : retrieveMissing(selectors);
		Snapshot held = this.pinned.get();
		if (held != null) {
			this.pinned.set(held.with(this.state.current().outcomesOf(held.missing(selectors))));
		}
		return report;
	}

	private @Nullable RetrievalReport retrieveMissing(Collection<SecretSelector> selectors) {
		synchronized (this.firstRetrieval) {
			Set<SecretSelector> missing = this.state.current().missing(selectors);
			RetrievalReport report = (!missing.isEmpty() && !this.closed) ? retrieval().retrieve(missing, this.timeout)
					: null;
			if (report != null) {
				synchronized (this.monitor) {
					this.state = this.state.with(report.outcomes());
				}
			}
			return report;
		}
	}

	/**
	 * Retrieve secrets again, whatever the snapshots hold. Changes no snapshot, and does
	 * not wait for first retrievals.
	 * @param selectors the versions of secrets that are wanted
	 * @param timeout the longest that the retrieval may take
	 * @return what was retrieved
	 * @throws IllegalStateException if the secrets of this application are closed
	 */
	public RetrievalReport retrieveAgain(Collection<SecretSelector> selectors, Duration timeout) {
		if (this.closed) {
			throw new IllegalStateException("The secrets of this application are closed");
		}
		return retrieval().retrieve(selectors, timeout);
	}

	/**
	 * Find out which KMS keys secrets are encrypted with, if secrets were retrieved
	 * before.
	 * @param selectors the secrets
	 * @param timeout the longest that this may take
	 * @return the keys that are known, by the secrets
	 */
	public Map<SecretSelector, String> kmsKeys(Collection<SecretSelector> selectors, Duration timeout) {
		SecretRetrieval open = this.retrieval;
		return (open != null && !this.closed) ? open.kmsKeys(selectors, timeout) : Map.of();
	}

	/**
	 * Add to what is staged. Of several outcomes for one secret, the last one counts; one
	 * that is in use already takes back what was staged. What cannot be seen by a reader
	 * is not staged: secrets that were never asked for.
	 * @param accepted the outcomes, by what was asked for
	 */
	public void stage(Map<SecretSelector, ? extends RetrievalOutcome> accepted) {
		synchronized (this.monitor) {
			Map<SecretSelector, RetrievalOutcome> all = new LinkedHashMap<>(this.state.accepted());
			accepted.forEach((selector, outcome) -> {
				all.remove(selector);
				if (this.state.current().outcome(selector) != null) {
					all.put(selector, outcome);
				}
			});
			this.state = new SnapshotState(this.state.current(), all);
		}
	}

	/**
	 * Return what a promotion would change.
	 * @return the changes, by what was asked for; all spellings of a secret are there
	 */
	public Map<SecretSelector, SecretChange> stagedChanges() {
		return this.state.changes();
	}

	/**
	 * Make what is staged current, for all who begin to read from now on, unless it is
	 * not what the caller has seen.
	 * @param seen what {@link #staged()} returned
	 * @return what changed, by what was asked for, or {@code null} if nothing did, as
	 * something else has been staged since then
	 */
	@SuppressWarnings("ReferenceEquality")
	public @Nullable Map<SecretSelector, SecretChange> promote(Snapshot seen) {
		synchronized (this.monitor) {
			SnapshotState before = this.state;
			if (before.staged() != seen) {
				return null;
			}
			this.state = new SnapshotState(seen, Map.of());
			return before.changes();
		}
	}

	/**
	 * Put outcomes of before a promotion back into the current snapshot. What is staged
	 * stays so.
	 * @param before the outcomes, by what was asked for; all spellings of a secret follow
	 */
	public void takeBack(Map<SecretSelector, RetrievalOutcome> before) {
		synchronized (this.monitor) {
			this.state = new SnapshotState(this.state.current().replacing(before), this.state.accepted());
		}
	}

	/**
	 * Discard what is staged for some secrets, in all their spellings.
	 * @param selectors the secrets
	 */
	public void discard(Collection<SecretSelector> selectors) {
		synchronized (this.monitor) {
			this.state = this.state.without(selectors);
		}
	}

	/**
	 * Create the retrieval now, on this thread, if there is none yet.
	 */
	public void open() {
		retrieval();
	}

	private SecretRetrieval retrieval() {
		SecretRetrieval result = this.retrieval;
		return (result != null) ? result : createRetrieval();
	}

	private SecretRetrieval createRetrieval() {
		synchronized (this.monitor) {
			SecretRetrieval result = this.retrieval;
			if (result == null) {
				result = this.retrievals.get();
				this.retrieval = result;
				if (this.closed) {
					result.close();
				}
			}
			return result;
		}
	}

	/**
	 * End retrieval, one that is under way included. What was retrieved can still be
	 * read.
	 */
	@Override
	public void close() {
		this.closed = true;
		SecretRetrieval open = this.retrieval;
		if (open != null) {
			open.close();
		}
	}

}
