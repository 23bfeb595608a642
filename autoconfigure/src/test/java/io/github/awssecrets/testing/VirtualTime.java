package io.github.awssecrets.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchThreads;

/**
 * The clock and the threads of watchers in virtual time, all on the thread of the test:
 * events happen one after another, in the order of their moments. Work is done at the
 * moment at which it begins, takes as long as it {@link #spend spends}, and its result
 * arrives after that. A watcher that does not come to rest fails the test.
 */
public final class VirtualTime implements WatchClock, WatchThreads {

	/** Longer than anything that is tested. */
	public static final Duration FOREVER = Duration.ofDays(36500);

	private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

	private static final long MOMENT = Duration.ofMillis(1).toNanos();

	/* Some 20 for each of the 200 watchers of a fleet, and more. */
	private static final int MOST_EVENTS_IN_A_MOMENT = 10_000;

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

	/* Far from zero, so that nobody relies on the sign of a moment. */
	private long nanoTime = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

	private long elapsed;

	private long spent;

	private long number;

	/* One for each watcher */
	private final IdentityHashMap<Loop, Event> nextLoops = new IdentityHashMap<>();

	private int threads;

	private int failingStarts;

	private long momentBegan;

	private int eventsInMoment;

	private Duration clockOffset = Duration.ZERO;

	@Override
	public long nanoTime() {
		return this.nanoTime;
	}

	@Override
	public Instant now() {
		return START.plusNanos(this.elapsed).plus(this.clockOffset);
	}

	/**
	 * Set the time of day, which moves no stopwatch.
	 * @param difference how far to move it, back if negative
	 */
	public void moveClock(Duration difference) {
		this.clockOffset = this.clockOffset.plus(difference);
	}

	/**
	 * Let the machine be unable to start threads.
	 * @param starts how many of the next threads cannot be started
	 */
	public void failStarts(int starts) {
		this.failingStarts = starts;
	}

	/**
	 * Return how many threads could not be started any more.
	 * @return the number of threads that will fail to start
	 */
	public int failingStarts() {
		return this.failingStarts;
	}

	/**
	 * Return the time since the beginning.
	 * @return the time in nanoseconds
	 */
	public long elapsed() {
		return this.elapsed;
	}

	/**
	 * Let the work that is being done take more time.
	 * @param duration the time
	 */
	public void spend(Duration duration) {
		this.spent += duration.toNanos();
	}

	@Override
	public void wake(Loop loop) {
		loopAt(this.elapsed, loop);
	}

	private void loopAt(long at, Loop loop) {
		Event earlier = this.nextLoops.remove(loop);
		if (earlier != null) {
			this.events.remove(earlier);
		}
		this.nextLoops.put(loop, add(at, () -> {
			this.nextLoops.remove(loop);
			long next;
			try {
				next = loop.run();
			}
			catch (Throwable ex) {
				next = Duration.ofSeconds(1).toNanos();
			}
			if (!this.nextLoops.containsKey(loop) && next != Loop.IDLE) {
				loopAt(this.elapsed + next, loop);
			}
		}));
	}

	@Override
	public <T> Job run(String name, Callable<T> work, Completion<T> then) {
		if (this.failingStarts > 0) {
			this.failingStarts--;
			throw new OutOfMemoryError("unable to create native thread");
		}
		long outer = this.spent;
		this.spent = 0;
		T result = null;
		Throwable failure = null;
		try {
			result = work.call();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		long duration = this.spent;
		this.spent = outer;
		this.threads++;
		T value = result;
		Throwable thrown = failure;
		Event end = add(this.elapsed + duration, () -> {
			this.threads--;
			then.done(value, thrown);
		});
		return () -> {
			if (this.events.remove(end)) {
				add(this.elapsed, () -> {
					this.threads--;
					then.done(null, new InterruptedException());
				});
			}
		};
	}

	@Override
	public void stop() {
		this.events.removeAll(this.nextLoops.values());
		this.nextLoops.clear();
	}

	/**
	 * Do something at a moment.
	 * @param delay the time until then
	 * @param action what to do
	 */
	public void after(Duration delay, Runnable action) {
		add(this.elapsed + delay.toNanos(), action);
	}

	private Event add(long at, Runnable action) {
		Event event = new Event(at, this.number++, action);
		this.events.add(event);
		return event;
	}

	/**
	 * Let time pass.
	 * @param duration the time
	 */
	public void advance(Duration duration) {
		advance(duration, () -> {
		});
	}

	/**
	 * Let time pass.
	 * @param duration the time
	 * @param afterEach called after each event
	 */
	public void advance(Duration duration, Runnable afterEach) {
		long end = this.elapsed + duration.toNanos();
		while (!this.events.isEmpty() && this.events.peek().at() <= end) {
			step();
			afterEach.run();
		}
		// An event may have suspended the process for longer
		moveTo(Math.max(this.elapsed, end));
	}

	/**
	 * Let time pass without anything happening in it, as for a process that is suspended.
	 * @param duration the time
	 */
	public void suspend(Duration duration) {
		moveTo(this.elapsed + duration.toNanos());
	}

	/**
	 * Let time pass until something is the case.
	 * @param condition the condition
	 * @param atMost the longest time to wait
	 * @return whether it is the case
	 */
	public boolean advanceUntil(BooleanSupplier condition, Duration atMost) {
		long end = this.elapsed + atMost.toNanos();
		while (!condition.getAsBoolean()) {
			if (this.events.isEmpty() || this.events.peek().at() > end) {
				moveTo(Math.max(this.elapsed, end));
				return false;
			}
			step();
		}
		return true;
	}

	private void step() {
		Event event = this.events.remove();
		moveTo(Math.max(this.elapsed, event.at()));
		requireRest();
		event.action().run();
	}

	private void requireRest() {
		if (this.elapsed - this.momentBegan >= MOMENT) {
			this.momentBegan = this.elapsed;
			this.eventsInMoment = 0;
		}
		if (++this.eventsInMoment > MOST_EVENTS_IN_A_MOMENT) {
			throw new AssertionError("More than %d events within a millisecond, %s after the beginning: a busy loop"
				.formatted(MOST_EVENTS_IN_A_MOMENT, Duration.ofNanos(this.momentBegan)));
		}
	}

	private void moveTo(long moment) {
		this.nanoTime += moment - this.elapsed;
		this.elapsed = moment;
	}

	/**
	 * Return whether nothing is going on or will by itself.
	 * @return whether there is no event any more
	 */
	public boolean isQuiet() {
		return this.events.isEmpty();
	}

	/**
	 * Return how much work is under way.
	 * @return the number of threads
	 */
	public int threads() {
		return this.threads;
	}

	private record Event(long at, long number, Runnable action) {

	}

}
