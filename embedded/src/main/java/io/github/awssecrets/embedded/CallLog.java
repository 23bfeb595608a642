package io.github.awssecrets.embedded;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The calls received so far, in the order of their arrival; the newest 100,000 of them. A
 * call is closed before its answer leaves, so that who has the answer sees it closed.
 * Safe for use by several threads.
 */
final class CallLog {

	private static final int CAPACITY = 100_000;

	private static final Logger logger = System.getLogger(CallLog.class.getPackageName());

	private final Clock clock;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private int open;

	private int maximumOpen;

	CallLog(Clock clock) {
		this.clock = clock;
	}

	synchronized Entry open(String operation, String region, List<String> secretIds) {
		Entry entry = new Entry(new Call(operation, region, secretIds, Call.OPEN, this.clock.instant(), null));
		if (this.entries.size() == CAPACITY) {
			this.entries.removeFirst();
		}
		this.entries.addLast(entry);
		this.open++;
		this.maximumOpen = Math.max(this.maximumOpen, this.open);
		return entry;
	}

	synchronized List<Call> calls() {
		return this.entries.stream().map((entry) -> entry.call).toList();
	}

	synchronized int maximumOpen() {
		return this.maximumOpen;
	}

	/**
	 * Forgets all calls. Those that are open still count as open.
	 */
	synchronized void clear() {
		this.entries.clear();
		this.maximumOpen = this.open;
	}

	private void close(Entry entry, String outcome) {
		Call closed;
		synchronized (this) {
			closed = entry.call.ended(outcome, this.clock.instant());
			entry.call = closed;
			this.open--;
		}
		logger.log(Level.DEBUG, () -> "%s in %s of %s: %s".formatted(closed.operation(), closed.region(),
				closed.secretIds(), closed.outcome()));
	}

	/**
	 * One call in the log, open until closed.
	 */
	final class Entry {

		private Call call;

		private Entry(Call call) {
			this.call = call;
		}

		void close(String outcome) {
			CallLog.this.close(this, outcome);
		}

	}

}
