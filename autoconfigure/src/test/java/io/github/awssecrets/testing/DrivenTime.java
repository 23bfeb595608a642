package io.github.awssecrets.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;

import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchThreads;

/**
 * The clock and the threads of a watcher in a real application: time passes when the test
 * says so, and all work is done on the thread that lets it pass, or that asks for it.
 */
public final class DrivenTime implements WatchClock, WatchThreads {

	private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

	private final Queue<Runnable> work = new ArrayDeque<>();

	private long elapsed;

	private long due = Loop.IDLE;

	private Loop loop;

	private boolean draining;

	private boolean woken;

	@Override
	public synchronized long nanoTime() {
		return this.elapsed;
	}

	@Override
	public synchronized Instant now() {
		return START.plusNanos(this.elapsed);
	}

	/**
	 * Let time pass, and what is due happen.
	 * @param duration the time
	 */
	public synchronized void advance(Duration duration) {
		long end = this.elapsed + duration.toNanos();
		while (this.due != Loop.IDLE && this.due <= end) {
			this.elapsed = Math.max(this.elapsed, this.due);
			drain();
		}
		this.elapsed = end;
	}

	@Override
	public synchronized void wake(Loop loop) {
		this.loop = loop;
		drain();
	}

	private void drain() {
		if (this.draining) {
			this.woken = true;
			return;
		}
		this.draining = true;
		try {
			do {
				this.woken = false;
				long next = this.loop.run();
				this.due = (next != Loop.IDLE) ? this.elapsed + next : Loop.IDLE;
				for (Runnable task = this.work.poll(); task != null; task = this.work.poll()) {
					task.run();
				}
			}
			while (this.woken);
		}
		finally {
			this.draining = false;
		}
	}

	@Override
	public synchronized <T> Job run(String name, Callable<T> work, Completion<T> then) {
		Runnable task = () -> {
			T result = null;
			Throwable failure = null;
			try {
				result = work.call();
			}
			catch (Throwable ex) {
				failure = ex;
			}
			then.done(result, failure);
		};
		this.work.add(task);
		this.woken = true;
		return () -> this.work.remove(task);
	}

	@Override
	public synchronized void stop() {
		this.work.clear();
		this.due = Loop.IDLE;
	}

}
