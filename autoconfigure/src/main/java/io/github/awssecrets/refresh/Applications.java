package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Hands accepted changes to the {@link ChangeApplier}, all that are pending at once, and
 * again until they are acknowledged. Guarded by the monitor of the {@link Watch}.
 */
final class Applications {

	static final String THREAD_NAME = "aws-secrets-apply";

	/** The time after which applying changes is reported to hang. */
	static final Duration HANGING = Duration.ofSeconds(30);

	private final Watch watch;

	private final ChangeApplier applier;

	private final Runnable wake;

	private final Alarm next = new Alarm();

	private final Alarm hanging = new Alarm();

	private final Map<SecretSelector, SecretChange> promoted = new LinkedHashMap<>();

	private @Nullable Flight flight;

	private boolean running;

	private int attempts;

	private long count;

	/**
	 * Create applications.
	 * @param watch what is shared
	 * @param applier applies changes
	 * @param wake called, without the monitor, when something has changed
	 */
	Applications(Watch watch, ChangeApplier applier, Runnable wake) {
		this.watch = watch;
		this.applier = applier;
		this.wake = wake;
	}

	void start() {
		this.running = true;
		if (!pending().isEmpty()) {
			this.next.set(this.watch.clock().nanoTime());
		}
	}

	void stop() {
		this.running = false;
		this.next.clear();
		this.hanging.clear();
		if (this.flight != null) {
			this.flight.cancel();
			this.flight = null;
		}
	}

	/**
	 * Take note of what was staged.
	 * @param evaluation what was accepted
	 * @param onDemand whether whoever asked for the poll will apply it; if not after all,
	 * that is done one interval later
	 */
	void changed(Evaluation evaluation, boolean onDemand) {
		if (!this.running || evaluation.accepted().isEmpty()) {
			return;
		}
		long now = this.watch.clock().nanoTime();
		this.next.setAtLatest(onDemand ? now + this.watch.settings().interval().toNanos() : now);
	}

	/**
	 * Return what has not been acknowledged.
	 */
	Map<SecretSelector, SecretChange> pending() {
		Map<SecretSelector, SecretChange> staged = this.watch.snapshots().stagedChanges();
		if (this.promoted.isEmpty()) {
			return staged;
		}
		Map<SecretSelector, SecretChange> pending = new LinkedHashMap<>(this.promoted);
		pending.putAll(staged);
		return pending;
	}

	@Nullable Map<SecretSelector, SecretChange> promote(Snapshot seen) {
		Map<SecretSelector, SecretChange> changes = this.watch.snapshots().promote(seen);
		if (changes == null) {
			return null;
		}
		this.promoted.putAll(changes);
		return new LinkedHashMap<>(this.promoted);
	}

	/**
	 * Take back what was promoted for some secrets, in all their spellings.
	 * @param selectors the secrets
	 * @return what has not been acknowledged yet of the others
	 */
	Map<SecretSelector, SecretChange> takeBack(Set<SecretSelector> selectors) {
		Map<SecretSelector, RetrievalOutcome> before = new LinkedHashMap<>();
		Set<RetrievalOutcome> after = Collections.newSetFromMap(new IdentityHashMap<>());
		for (SecretSelector selector : selectors) {
			SecretChange change = this.promoted.get(selector);
			if (change != null && change.before() != null) {
				before.put(selector, change.before());
				after.add(change.after());
			}
		}
		this.watch.snapshots().takeBack(before);
		this.promoted.values().removeIf((change) -> after.contains(change.after()));
		return new LinkedHashMap<>(this.promoted);
	}

	void acknowledge(Map<SecretSelector, SecretChange> changes) {
		changes.forEach((selector, change) -> {
			SecretChange latest = this.promoted.get(selector);
			if (latest != null && latest.after() == change.after()) {
				this.promoted.remove(selector);
			}
		});
		if (!changes.isEmpty()) {
			Map<SecretSelector, SecretChange> applied = new LinkedHashMap<>(changes);
			this.watch.notices().add((listener) -> listener.applied(applied));
		}
	}

	/**
	 * Start what is due.
	 * @param now the reading of the stopwatch
	 * @return the nanoseconds until something is due; the maximum if nothing will be
	 */
	long step(long now) {
		Flight current = this.flight;
		if (current != null) {
			if (this.hanging.isDue(now)) {
				this.hanging.clear();
				Duration elapsed = Duration.ofNanos(now - current.started());
				this.watch.notices().add((listener) -> listener.applyHangs(elapsed));
			}
			return this.hanging.remaining(now);
		}
		if (this.next.isDue(now) && !this.applier.isReady()) {
			return Long.MAX_VALUE;
		}
		if (this.next.isDue(now)) {
			this.next.clear();
			Map<SecretSelector, SecretChange> changes = pending();
			if (!changes.isEmpty()) {
				start(changes);
			}
		}
		return (this.flight != null) ? this.hanging.remaining(now) : this.next.remaining(now);
	}

	private void start(Map<SecretSelector, SecretChange> changes) {
		Flight started = new Flight(this.watch.clock());
		this.flight = started;
		this.count++;
		this.hanging.set(started.started() + HANGING.toNanos());
		try {
			started.job(this.watch.threads().run(THREAD_NAME, () -> {
				this.applier.apply(new LinkedHashMap<>(changes));
				return changes;
			}, (applied, failure) -> landed(started, changes, failure)));
		}
		catch (Throwable ex) {
			settle(changes, ex);
		}
	}

	/* On the thread of the flight */
	private void landed(Flight landed, Map<SecretSelector, SecretChange> changes, @Nullable Throwable failure) {
		synchronized (this.watch.monitor()) {
			if (this.flight != landed) {
				return;
			}
			settle(changes, failure);
		}
		this.watch.notices().deliver();
		this.wake.run();
	}

	private void settle(Map<SecretSelector, SecretChange> changes, @Nullable Throwable failure) {
		this.flight = null;
		this.hanging.clear();
		long now = this.watch.clock().nanoTime();
		// Whatever happens from here on, it is tried again
		this.next.set(now + this.watch.pauses().longest());
		Map<SecretSelector, SecretChange> pending = pending();
		boolean acknowledged = changes.entrySet()
			.stream()
			.noneMatch((entry) -> pending.containsKey(entry.getKey())
					&& pending.get(entry.getKey()).after() == entry.getValue().after());
		if (acknowledged) {
			this.attempts = 0;
			if (pending.isEmpty()) {
				this.next.clear();
			}
			else {
				this.next.set(now);
			}
			return;
		}
		this.attempts++;
		long pause = this.watch.pauses().pause(this.attempts);
		this.next.set(now + pause);
		this.watch.notices().add((listener) -> listener.notApplied(failure, pending.size(), Duration.ofNanos(pause)));
	}

	@Nullable Instant applyingSince() {
		return (this.flight != null) ? this.flight.startedAt() : null;
	}

	long count() {
		return this.count;
	}

}
