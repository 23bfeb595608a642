package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

import io.github.awssecrets.testing.VirtualTime;

/**
 * The time of one retrieval at a time, whose tasks run one after another and yet each
 * from the moment at which it would have begun: what they do in parallel takes as long as
 * the slowest.
 */
final class BranchingTime implements Timing {

	private final VirtualTime time;

	/* Since the retrieval began, on the branch that runs now */
	private long elapsed;

	private long latest;

	BranchingTime(VirtualTime time) {
		this.time = time;
	}

	void begin() {
		this.elapsed = 0;
		this.latest = 0;
	}

	/**
	 * Return how long the retrieval took.
	 */
	Duration end() {
		this.elapsed = this.latest;
		return Duration.ofNanos(this.latest);
	}

	void pass(Duration duration) {
		this.elapsed += duration.toNanos();
	}

	@Override
	public Instant now() {
		return this.time.now().plusNanos(this.elapsed);
	}

	@Override
	public long nanoTime() {
		return this.time.nanoTime() + this.elapsed;
	}

	@Override
	public void pause(Duration duration) {
		pass(duration);
	}

	/**
	 * Return an executor of tasks, each in a branch of this time.
	 * @param threads how many run at once
	 */
	Executor executor(int threads) {
		PriorityQueue<Long> ends = new PriorityQueue<>();
		return (task) -> {
			long forked = this.elapsed;
			if (forked == 0 && this.latest == 0) {
				ends.clear();
			}
			long free = (ends.size() < threads) ? forked : Math.max(forked, ends.remove());
			this.elapsed = free;
			try {
				task.run();
			}
			finally {
				ends.add(this.elapsed);
				this.latest = Math.max(this.latest, this.elapsed);
				this.elapsed = forked;
			}
		};
	}

}
