package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Threads that read the same things again and again, and count what they must not see.
 * All take part all the time, but only some have a turn at once, so that whoever rotates
 * secrets gets its share of a small machine.
 */
final class Readers implements AutoCloseable {

	static final int COUNT = 64;

	private static final int TURNS = 8;

	private static final int READS_A_TURN = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Semaphore turns = new Semaphore(TURNS, true);

	private final List<Reading> readings;

	private final List<Thread> threads = new ArrayList<>();

	private final Map<Finding, LongAdder> findings = new ConcurrentHashMap<>();

	private volatile Lap lap = new Lap();

	private volatile boolean ended;

	private Readers(Collection<Reading> readings) {
		this.readings = List.copyOf(readings);
	}

	static Readers start(Reading... readings) {
		Readers readers = new Readers(List.of(readings));
		for (int i = 0; i < COUNT; i++) {
			Thread thread = new Thread(readers::run, "reader-" + i);
			thread.setDaemon(true);
			readers.threads.add(thread);
		}
		readers.threads.forEach(Thread::start);
		return readers;
	}

	private void run() {
		int[] latest = new int[this.readings.size()];
		while (!this.ended) {
			Lap current = this.lap;
			this.turns.acquireUninterruptibly();
			try {
				for (int i = 0; i < READS_A_TURN; i++) {
					read(latest);
				}
			}
			finally {
				this.turns.release();
			}
			current.finish();
		}
	}

	private void read(int[] latest) {
		for (int i = 0; i < latest.length; i++) {
			Reading reading = this.readings.get(i);
			count(reading, "read");
			String text;
			try {
				text = reading.read().get();
			}
			catch (RuntimeException ex) {
				count(reading, ex.getClass().getName());
				continue;
			}
			Integer version = (text != null) ? reading.versions().get(text) : null;
			if (version == null) {
				count(reading, (text != null) ? (text.isBlank() ? "blank" : "mixed") : "null");
			}
			else if (version < latest[i]) {
				count(reading, "older than before");
			}
			else {
				latest[i] = version;
			}
		}
	}

	private void count(Reading reading, String what) {
		this.findings.computeIfAbsent(new Finding(reading.name(), what), (finding) -> new LongAdder()).increment();
	}

	/**
	 * Wait until every thread has begun and ended a turn.
	 */
	void awaitLap() {
		Lap next = new Lap();
		this.lap = next;
		next.await();
	}

	long count(String name, String what) {
		LongAdder count = this.findings.get(new Finding(name, what));
		return (count != null) ? count.sum() : 0;
	}

	/**
	 * Return what was seen that must not be.
	 */
	Map<Finding, LongAdder> bad() {
		Map<Finding, LongAdder> bad = new ConcurrentHashMap<>(this.findings);
		bad.keySet().removeIf((finding) -> finding.what().equals("read"));
		return bad;
	}

	@Override
	public void close() {
		this.ended = true;
		try {
			for (Thread thread : this.threads) {
				thread.join(PATIENCE.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What is read.
	 *
	 * @param name what it is called
	 * @param read reads it
	 * @param versions the texts that may be read, with the numbers of their versions
	 */
	record Reading(String name, Supplier<String> read, Map<String, Integer> versions) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	record Finding(String reading, String what) {

	}

	private static final class Lap {

		private final Set<Thread> finished = ConcurrentHashMap.newKeySet();

		private final CountDownLatch left = new CountDownLatch(COUNT);

		void finish() {
			if (this.left.getCount() > 0 && this.finished.add(Thread.currentThread())) {
				this.left.countDown();
			}
		}

		void await() {
			try {
				if (!this.left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
					throw new IllegalStateException("%d readers do not go on".formatted(this.left.getCount()));
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

}
