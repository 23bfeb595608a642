package io.github.awssecrets.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchThreads;

/**
 * The clock and the threads of a watcher in a real application: time passes when the test
 * says so, and all work is done on the thread that lets it pass, or that asks for it.
 * Work that may hang can have {@linkplain #DrivenTime(String...) threads of its own}.
 */
public final class DrivenTime implements WatchClock, WatchThreads {

	private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

	private final Queue<Runnable> work = new ArrayDeque<>();

	private final Set<String> onThreads;

	private volatile long elapsed;

	private int underWay;

	private long due = Loop.IDLE;

	private Loop loop;

	private boolean draining;

	private boolean woken;

	/**
	 * Create a time that begins now.
	 * @param onThreads the names of the work that is done on threads of its own, so that
	 * time can pass meanwhile
	 */
	public DrivenTime(String... onThreads) {
		this.onThreads = Set.of(onThreads);
	}

	@Override
	public long nanoTime() {
		return this.elapsed;
	}

	@Override
	public Instant now() {
		return START.plusNanos(this.elapsed);
	}

	/**
	 * Let time pass, and what is due happen.
	 * @param duration the time
	 */
	public void advance(Duration duration) {
		advanceUntil(() -> false, duration);
	}

	/**
	 * Let time pass, and what is due happen, until something is the case.
	 * @param condition the condition
	 * @param atMost the longest time to let pass
	 * @return whether it is the case
	 */
	public synchronized boolean advanceUntil(BooleanSupplier condition, Duration atMost) {
		long end = this.elapsed + atMost.toNanos();
		while (!condition.getAsBoolean()) {
			if (this.due == Loop.IDLE || this.due > end) {
				this.elapsed = end;
				return false;
			}
			this.elapsed = Math.max(this.elapsed, this.due);
			drain();
		}
		return true;
	}

	/**
	 * Wait, without letting time pass, until work on threads of its own has ended.
	 */
	public synchronized void await() {
		try {
			while (this.underWay > 0) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
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
		if (this.onThreads.contains(name)) {
			return start(name, task);
		}
		this.work.add(task);
		this.woken = true;
		return () -> this.work.remove(task);
	}

	private Job start(String name, Runnable task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			finally {
				ended();
			}
		}, name);
		thread.setDaemon(true);
		this.underWay++;
		thread.start();
		return thread::interrupt;
	}

	private synchronized void ended() {
		this.underWay--;
		notifyAll();
	}

	@Override
	public synchronized void stop() {
		this.work.clear();
		this.due = Loop.IDLE;
	}

}
