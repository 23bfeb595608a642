package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Follows the rotations of the secrets that an application uses: retrieves them again and
 * again, stages the versions that are accepted, and hands them to a
 * {@link ChangeApplier}.
 * <p>
 * Safe for use by several threads. It can be started and stopped repeatedly; while it is
 * stopped, polls can still be made on demand. Three kinds of daemon threads exist as long
 * as they have something to do or to wait for: one for the schedule, one for each
 * retrieval that is under way, and one that applies changes. Nothing that any of them
 * meets ends the watching.
 */
public final class SecretsWatcher {

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	/** Longer than a poll, its confirmation and the poll before it can take. */
	private static final Duration LONGEST_POLL = Duration.ofSeconds(60);

	private final Watch watch;

	private final Applications applications;

	private final ApartPolls apart;

	private final Polls polls;

	private final Rejections rejections;

	private final WatchThreads.Loop loop = this::run;

	private boolean running;

	/**
	 * Create a watcher with the time and the threads of this machine.
	 * @param snapshots the secrets
	 * @param uses tells what the application uses at the moment; called at each poll, on
	 * the thread that polls
	 * @param applier applies changes
	 * @param settings the settings
	 * @param listeners are told what is found
	 */
	public SecretsWatcher(SecretSnapshots snapshots, Supplier<? extends Collection<WatchedSecret>> uses,
			ChangeApplier applier, WatchSettings settings, List<? extends WatchListener> listeners) {
		this(snapshots, uses, applier, settings, listeners, WatchClock.system(), new Random(), WatchThreads.daemons());
	}

	/**
	 * Create a watcher.
	 * @param snapshots the secrets
	 * @param uses tells what the application uses at the moment; called at each poll, on
	 * the thread that polls
	 * @param applier applies changes
	 * @param settings the settings
	 * @param listeners are told what is found
	 * @param clock the time
	 * @param random the randomness of gaps and pauses
	 * @param threads the threads, used by this watcher alone
	 */
	public SecretsWatcher(SecretSnapshots snapshots, Supplier<? extends Collection<WatchedSecret>> uses,
			ChangeApplier applier, WatchSettings settings, List<? extends WatchListener> listeners, WatchClock clock,
			RandomGenerator random, WatchThreads threads) {
		List<WatchListener> all = new ArrayList<>();
		all.add(new WatchLog());
		all.addAll(listeners);
		this.watch = new Watch(new Object(), snapshots, uses, new WatchedSecrets(), settings, clock, random, threads,
				new Pauses(FIRST_PAUSE, settings.interval(), random), new Notices(all));
		this.applications = new Applications(this.watch, applier, this::wake);
		this.apart = new ApartPolls(this.watch, this.applications, this::wake);
		this.polls = new Polls(this.watch, this.applications, this::wake);
		this.rejections = new Rejections(this.watch, this.applications);
	}

	/**
	 * Begin to watch, unless the settings do not want it. The first poll comes after a
	 * random part of the interval.
	 */
	public void start() {
		if (!this.watch.settings().enabled()) {
			return;
		}
		synchronized (this.watch.monitor()) {
			this.polls.look();
		}
		boolean idle = isNothingInUse();
		synchronized (this.watch.monitor()) {
			if (this.running) {
				return;
			}
			this.running = true;
			this.applications.start();
			this.apart.start();
			this.polls.start();
			if (idle) {
				this.polls.rest();
			}
		}
		wake();
	}

	private boolean isNothingInUse() {
		try {
			Collection<WatchedSecret> uses = List.copyOf(this.watch.uses().get());
			synchronized (this.watch.monitor()) {
				if (this.running) {
					return false;
				}
				this.watch.secrets().update(uses, this.watch.snapshots().staged());
				return this.watch.secrets().isEmpty();
			}
		}
		catch (RuntimeException ex) {
			// The first poll will say so
			return false;
		}
	}

	/**
	 * Stop watching. What is under way is interrupted and not waited for longer than half
	 * a second. What is pending stays so.
	 */
	public void stop() {
		synchronized (this.watch.monitor()) {
			this.running = false;
			this.polls.stop();
			this.apart.stop();
			this.applications.stop();
		}
		this.watch.threads().stop();
	}

	/**
	 * Return whether this watcher is started.
	 * @return whether it is started
	 */
	public boolean isRunning() {
		synchronized (this.watch.monitor()) {
			return this.running;
		}
	}

	/**
	 * Say that the application uses more secrets than before. If there was nothing to
	 * watch, the watching begins.
	 */
	public void usesChanged() {
		synchronized (this.watch.monitor()) {
			this.polls.wakeUp();
		}
		wake();
	}

	/**
	 * Make the next poll due now. Returns at once; changes are applied as usual.
	 */
	public void pollSoon() {
		synchronized (this.watch.monitor()) {
			this.polls.pollSoon();
		}
		wake();
	}

	/**
	 * Retrieve all secrets in use anew, after the poll that is under way, if any, and
	 * stage what is accepted. It is up to the caller to {@linkplain #promote promote} and
	 * {@linkplain #acknowledge acknowledge} that. Works without {@link #start()}, too.
	 * Versions that the application {@linkplain #reject rejected} get another chance.
	 * Several calls at a time share one poll.
	 * @return what was found; also if AWS does not answer, within some 25 s
	 */
	public PollReport pollNow() {
		try {
			return requestPoll().get(LONGEST_POLL.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return PollReport.failed(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			return PollReport.failed(ex);
		}
	}

	CompletableFuture<PollReport> requestPoll() {
		CompletableFuture<PollReport> request;
		synchronized (this.watch.monitor()) {
			request = this.polls.request();
		}
		wake();
		return request;
	}

	/**
	 * Make what is staged current, unless something else has been staged since the caller
	 * looked.
	 * @param seen what the snapshots returned as staged
	 * @return what has not been acknowledged yet: what was promoted now, and what was
	 * promoted by an earlier attempt that failed later on; by what references ask for.
	 * {@code null} if nothing was promoted
	 */
	public @Nullable Map<SecretSelector, SecretChange> promote(Snapshot seen) {
		synchronized (this.watch.monitor()) {
			return this.applications.promote(seen);
		}
	}

	/**
	 * Say that promoted changes have reached the application. What has changed once more
	 * since then stays pending.
	 * @param changes what {@link #promote} returned
	 */
	public void acknowledge(Map<SecretSelector, SecretChange> changes) {
		synchronized (this.watch.monitor()) {
			this.applications.acknowledge(changes);
		}
		wake();
	}

	/**
	 * Return the changes that were accepted and are not acknowledged.
	 * @return the changes, by what references ask for
	 */
	public Map<SecretSelector, SecretChange> pending() {
		synchronized (this.watch.monitor()) {
			return this.applications.pending();
		}
	}

	/**
	 * Reject staged versions: the application cannot use them. They are discarded, and
	 * not accepted again until somebody {@linkplain #pollNow() asks for a poll}.
	 * @param reasons why, as clauses that name keys or properties and never values, by
	 * what references ask for
	 */
	public void reject(Map<SecretSelector, String> reasons) {
		synchronized (this.watch.monitor()) {
			this.rejections.reject(reasons);
		}
		wake();
	}

	/**
	 * Reject versions that have been promoted, and not been acknowledged: the application
	 * has found out only now that it cannot use them. Those of before are current again.
	 * @param reasons why, as for {@link #reject}
	 * @return what has not been acknowledged yet of the others; by what references ask
	 * for
	 */
	public Map<SecretSelector, SecretChange> takeBack(Map<SecretSelector, String> reasons) {
		synchronized (this.watch.monitor()) {
			return this.rejections.takeBack(reasons);
		}
	}

	/**
	 * Return what is known at this moment.
	 * @return the status
	 */
	public WatchStatus status() {
		synchronized (this.watch.monitor()) {
			return new WatchStatus(this.running, this.polls.isIdle(),
					this.watch.secrets()
						.status(this.watch.snapshots().current(), this.applications.pending(), this::nextPoll),
					this.polls.lastPoll(), this.polls.nextPoll(), this.applications.applyingSince(), this.polls.error(),
					this.polls.count(), this.applications.count());
		}
	}

	private @Nullable Instant nextPoll(TrackedSecret secret) {
		WatchClock clock = this.watch.clock();
		long until = secret.untilOwnPoll(clock.nanoTime());
		if (!this.running) {
			return null;
		}
		return (until != Long.MAX_VALUE) ? clock.now().plusNanos(until) : this.polls.nextPoll();
	}

	/**
	 * Return what completes when all listeners have been told what there is to tell now.
	 * @return completes when they have returned from all that
	 */
	CompletableFuture<Void> whenTold() {
		CompletableFuture<Void> told = this.watch.notices().whenTold();
		wake();
		return told;
	}

	/**
	 * Look at once whether something is due.
	 */
	void wake() {
		this.watch.threads().wake(this.loop);
	}

	private long run() {
		long until;
		synchronized (this.watch.monitor()) {
			long now = this.watch.clock().nanoTime();
			until = Math.min(this.applications.step(now), Math.min(this.apart.step(now), this.polls.step(now)));
		}
		this.watch.notices().deliver(this.watch.threads());
		return (until != Long.MAX_VALUE) ? until : WatchThreads.Loop.IDLE;
	}

}
