package io.github.awssecrets.snapshot;

import java.time.Duration;
import java.util.Collection;
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
 * first read.
 * <p>
 * Safe for use by several threads. Reads are one volatile read; only retrievals exclude
 * each other. Nothing is created before the first retrieval.
 */
public final class SecretSnapshots implements AutoCloseable {

	private final Supplier<SecretRetrieval> retrievals;

	private final Duration timeout;

	/* Of this application only: an instance has a value for as long as a read lasts. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Snapshot> pinned = new ThreadLocal<>();

	private final Object monitor = new Object();

	private volatile Snapshot current = Snapshot.EMPTY;

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
	 * @return the snapshot, the one that {@link #consistently} holds for this thread if
	 * it is reading
	 */
	public Snapshot current() {
		Snapshot snapshot = this.pinned.get();
		return (snapshot != null) ? snapshot : this.current;
	}

	/**
	 * Read several secrets from one snapshot.
	 * @param <T> the type of the result
	 * @param reading what reads; calls inside it see the same snapshot, even if others
	 * change meanwhile
	 * @return what the reading returned
	 */
	public <T> T consistently(Supplier<T> reading) {
		if (this.pinned.get() != null) {
			return reading.get();
		}
		this.pinned.set(this.current);
		try {
			return reading.get();
		}
		finally {
			this.pinned.remove();
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
		synchronized (this.monitor) {
			Set<SecretSelector> missing = this.current.missing(selectors);
			RetrievalReport report = (!missing.isEmpty() && !this.closed) ? retrieval().retrieve(missing, this.timeout)
					: null;
			if (report != null) {
				this.current = this.current.with(report.outcomes());
			}
			Snapshot held = this.pinned.get();
			if (held != null) {
				this.pinned.set(held.with(this.current.outcomesOf(held.missing(selectors))));
			}
			return report;
		}
	}

	private SecretRetrieval retrieval() {
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
