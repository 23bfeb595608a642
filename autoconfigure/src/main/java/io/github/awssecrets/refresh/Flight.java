package io.github.awssecrets.refresh;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Work of a watcher that is under way on a thread of its own.
 */
class Flight {

	private final long started;

	private final Instant startedAt;

	private WatchThreads.@Nullable Job job;

	Flight(WatchClock clock) {
		this.started = clock.nanoTime();
		this.startedAt = clock.now();
	}

	/**
	 * Return when this began, by the stopwatch.
	 */
	long started() {
		return this.started;
	}

	Instant startedAt() {
		return this.startedAt;
	}

	void job(WatchThreads.Job job) {
		this.job = job;
	}

	void cancel() {
		if (this.job != null) {
			this.job.cancel();
		}
	}

}
