package io.github.awssecrets.chaos;

import java.time.Duration;

import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchStatus;
import io.github.awssecrets.testing.VirtualTime;

/**
 * Sees to it that polls go on, and that what is pending is applied again.
 */
final class Watchdog {

	/** The interval, the time after which a poll is given up, and one second. */
	private static final Duration POLL = Duration.ofSeconds(60 + 30 + 1);

	/** The longest pause, and one second. */
	private static final Duration ATTEMPT = Duration.ofSeconds(60 + 1);

	private final VirtualTime time;

	private final SecretsWatcher watcher;

	private final SimulatedApplication application;

	private long polls;

	private long polledAt;

	private long attempts;

	private long attemptedAt;

	Watchdog(VirtualTime time, SecretsWatcher watcher, SimulatedApplication application) {
		this.time = time;
		this.watcher = watcher;
		this.application = application;
	}

	/**
	 * Begin to count anew, because the process was suspended, say.
	 */
	void reset() {
		this.polledAt = this.time.elapsed();
		this.attemptedAt = this.time.elapsed();
	}

	void check() {
		WatchStatus status = this.watcher.status();
		long now = this.time.elapsed();
		if (status.polls() != this.polls) {
			Invariant.NOTHING_LEAKS.require(!LogLeaks.leaks(status.toString()), "the status holds a value");
		}
		if (!status.running() || status.polls() != this.polls) {
			this.polls = status.polls();
			this.polledAt = now;
		}
		Invariant.POLLS_GO_ON.require(now - this.polledAt <= POLL.toNanos(), "no poll for %d s; the next one is due %s",
				(now - this.polledAt) / 1_000_000_000, status.nextPoll());
		boolean waiting = status.running() && this.application.isReady() && status.applyingSince() == null
				&& !this.watcher.pending().isEmpty();
		if (!waiting || status.applications() != this.attempts) {
			this.attempts = status.applications();
			this.attemptedAt = now;
		}
		Invariant.CHANGES_ARE_RETRIED.require(now - this.attemptedAt <= ATTEMPT.toNanos(),
				"%d changes are pending, and nobody tried to apply them for %d s", this.watcher.pending().size(),
				(now - this.attemptedAt) / 1_000_000_000);
		status.secrets().forEach((secret) -> {
			if (secret.failure() != null) {
				Invariant.FAILURES_ARE_NAMED.require(secret.failure().id().equals(secret.selector().id()),
						"the status of %s names %s", secret.selector().id(), secret.failure().id());
			}
		});
	}

}
