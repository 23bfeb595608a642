package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollFlight.Kind;
import io.github.awssecrets.retrieval.RetrievalReport;
import org.jspecify.annotations.Nullable;

/**
 * The polls of a watcher, one at a time: those that are due, those that somebody asked
 * for, and those that confirm a move to an earlier version. Guarded by the monitor of the
 * {@link Watch}.
 */
final class Polls {

	static final String THREAD_NAME = "aws-secrets-poll";

	/** The deadline of a poll, and so of each batch in it. */
	static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** The time after which a retrieval that ignores its deadline is given up. */
	private static final Duration GIVE_UP = Duration.ofSeconds(30);

	private final Watch watch;

	private final Applications applications;

	private final Runnable wake;

	private final Alarm next = new Alarm();

	private final PollRequests requests = new PollRequests();

	private @Nullable PollFlight flight;

	private boolean running;

	private boolean idle;

	private boolean woken;

	private @Nullable Instant lastPoll;

	private @Nullable String error;

	private long count;

	/**
	 * Create polls.
	 * @param watch what is shared
	 * @param applications takes the changes
	 * @param wake called, without the monitor, when something has changed
	 */
	Polls(Watch watch, Applications applications, Runnable wake) {
		this.watch = watch;
		this.applications = applications;
		this.wake = wake;
	}

	void start() {
		this.running = true;
		this.idle = false;
		this.next.set(firstPoll());
	}

	/**
	 * End an idle time: there is something to watch now, perhaps.
	 */
	void wakeUp() {
		this.woken = true;
		if (this.running && (this.idle || !this.next.isSet())) {
			this.idle = false;
			this.next.set(firstPoll());
		}
	}

	private long firstPoll() {
		return this.watch.clock().nanoTime() + this.watch.settings().phase(this.watch.random());
	}

	void rest() {
		if (!this.woken) {
			this.idle = true;
			this.next.clear();
		}
	}

	/**
	 * Say that what is in use is about to be looked at.
	 */
	void look() {
		this.woken = false;
	}

	void pollSoon() {
		if (this.running) {
			this.idle = false;
			this.next.set(this.watch.clock().nanoTime());
		}
	}

	CompletableFuture<PollReport> request() {
		return this.requests.add();
	}

	/**
	 * End. Those who wait for a report get an empty one.
	 */
	void stop() {
		this.running = false;
		this.next.clear();
		PollFlight current = this.flight;
		if (current != null) {
			current.cancel();
			finish(current, PollReport.failed(new CancellationException()));
		}
		this.requests.cancel();
	}

	/**
	 * Start what is due.
	 * @param now the reading of the stopwatch
	 * @return the nanoseconds until something is due; the maximum if nothing will be
	 */
	long step(long now) {
		PollFlight current = this.flight;
		if (current != null) {
			long left = GIVE_UP.toNanos() - (now - current.started());
			if (left > 0) {
				return left;
			}
			current.cancel();
			settle(current, null, new TimeoutException());
		}
		if (this.requests.areWaiting()) {
			start(new PollFlight(this.watch.clock(), Kind.ON_DEMAND, this.requests.take()));
		}
		else if (untilConfirmation(now) == 0) {
			start(new PollFlight(this.watch.clock(), Kind.CONFIRMATION, List.of()));
		}
		else if (this.next.isDue(now)) {
			start(new PollFlight(this.watch.clock(), Kind.REGULAR, List.of()));
		}
		return (this.flight != null) ? GIVE_UP.toNanos() : Math.min(this.next.remaining(now), untilConfirmation(now));
	}

	private long untilConfirmation(long now) {
		return (this.running || this.requests.areUnconfirmed()) ? this.watch.secrets().untilConfirmation(now)
				: Long.MAX_VALUE;
	}

	private void start(PollFlight started) {
		this.flight = started;
		if (started.kind() != Kind.CONFIRMATION) {
			this.count++;
			look();
			this.lastPoll = started.startedAt();
			if (this.running) {
				this.next.set(started.started() + this.watch.settings().gap(this.watch.random()));
			}
		}
		try {
			started.job(this.watch.threads()
				.run(THREAD_NAME, () -> retrieve(started), (report, failure) -> landed(started, report, failure)));
		}
		catch (Throwable ex) {
			settle(started, null, ex);
		}
	}

	/* On the thread of the flight */
	private @Nullable RetrievalReport retrieve(PollFlight current) {
		Set<SecretSelector> selectors = (current.kind() == Kind.CONFIRMATION) ? toConfirm() : select(current.kind());
		return selectors.isEmpty() ? null : this.watch.snapshots().retrieveAgain(selectors, TIMEOUT);
	}

	private Set<SecretSelector> toConfirm() {
		synchronized (this.watch.monitor()) {
			return this.watch.secrets().toConfirm(this.watch.clock().nanoTime());
		}
	}

	private Set<SecretSelector> select(Kind kind) {
		Collection<WatchedSecret> uses = List.copyOf(this.watch.uses().get());
		synchronized (this.watch.monitor()) {
			WatchedSecrets secrets = this.watch.secrets();
			secrets.update(uses, this.watch.snapshots().staged());
			if (kind == Kind.ON_DEMAND) {
				secrets.forgetRefusals();
				return secrets.all();
			}
			return secrets.together();
		}
	}

	/* On the thread of the flight */
	private void landed(PollFlight landed, @Nullable RetrievalReport report, @Nullable Throwable failure) {
		synchronized (this.watch.monitor()) {
			if (this.flight != landed) {
				return;
			}
			settle(landed, report, failure);
		}
		this.watch.notices().deliver();
		this.wake.run();
	}

	private void settle(PollFlight landed, @Nullable RetrievalReport report, @Nullable Throwable failure) {
		Throwable problem = failure;
		PollReport result = PollReport.EMPTY;
		try {
			if (report != null) {
				result = evaluate(landed, report);
			}
		}
		catch (Throwable ex) {
			problem = ex;
		}
		finally {
			this.flight = null;
		}
		if (problem != null) {
			long now = this.watch.clock().nanoTime();
			this.watch.secrets().postponeConfirmations(now, now + Evaluation.CONFIRMATION.toNanos());
		}
		finish(landed, (problem != null) ? failed(problem) : succeeded(landed, result));
	}

	private PollReport evaluate(PollFlight landed, RetrievalReport report) {
		Evaluation evaluation = this.watch.evaluate(report, landed.started());
		this.applications.changed(evaluation, landed.kind() == Kind.ON_DEMAND || this.requests.areUnconfirmed());
		return evaluation.toReport();
	}

	private PollReport succeeded(PollFlight landed, PollReport report) {
		this.error = null;
		this.watch.notices().add((listener) -> listener.polled(report));
		if (landed.kind() != Kind.CONFIRMATION && this.watch.secrets().isEmpty()) {
			rest();
		}
		return report;
	}

	private PollReport failed(Throwable failure) {
		PollReport report = PollReport.failed(failure);
		this.watch.notices().add((listener) -> listener.polled(report));
		if (!failure.getClass().getName().equals(this.error)) {
			this.error = failure.getClass().getName();
			this.watch.notices().add((listener) -> listener.pollFailed(failure));
		}
		return report;
	}

	private void finish(PollFlight landed, PollReport report) {
		this.flight = null;
		this.requests.answer(landed.requests(), report, landed.kind() == Kind.CONFIRMATION);
	}

	boolean isIdle() {
		return this.idle;
	}

	@Nullable Instant lastPoll() {
		return this.lastPoll;
	}

	@Nullable Instant nextPoll() {
		return this.next.isSet()
				? this.watch.clock().now().plusNanos(this.next.remaining(this.watch.clock().nanoTime())) : null;
	}

	@Nullable String error() {
		return this.error;
	}

	long count() {
		return this.count;
	}

}
