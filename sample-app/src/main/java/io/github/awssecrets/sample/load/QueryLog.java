package io.github.awssecrets.sample.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

/**
 * The last queries of the load, and how many there were in all. Safe for use by several
 * threads.
 */
@Component
public class QueryLog {

	/** Two minutes of what the sample does by itself. */
	static final int MAXIMUM = 1500;

	private static final int MAXIMUM_PROCESSES = 100;

	private final Deque<Query> latest = new ArrayDeque<>();

	private final Set<Integer> processes = new LinkedHashSet<>();

	private Counts counts = Counts.NONE;

	/**
	 * Add a query that the database answered.
	 * @param end when
	 * @param duration how long it took
	 * @param process the id of the server's process, of which each connection has its own
	 */
	synchronized void served(Instant end, Duration duration, int process) {
		boolean login = this.processes.add(process);
		if (this.processes.size() > MAXIMUM_PROCESSES) {
			this.processes.remove(this.processes.iterator().next());
		}
		this.counts = new Counts(this.counts.served() + 1, this.counts.failed(),
				this.counts.logins() + (login ? 1 : 0));
		add(end, duration, true);
	}

	/**
	 * Add a query that the database did not answer.
	 * @param end when
	 * @param duration how long it took
	 */
	synchronized void failed(Instant end, Duration duration) {
		this.counts = new Counts(this.counts.served(), this.counts.failed() + 1, this.counts.logins());
		add(end, duration, false);
	}

	private void add(Instant end, Duration duration, boolean served) {
		long number = this.counts.served() + this.counts.failed();
		this.latest.addLast(new Query(number, end, duration.toNanos() / 1_000_000.0, served));
		if (this.latest.size() > MAXIMUM) {
			this.latest.removeFirst();
		}
	}

	/**
	 * Return how many queries there were in all.
	 * @return the counts of one moment
	 */
	public synchronized Counts counts() {
		return this.counts;
	}

	/**
	 * Return the queries after one, as far as they are still known.
	 * @param number the number of the last query that is not wanted, 0 for all
	 * @return the queries, oldest first
	 */
	public synchronized List<Query> after(long number) {
		return this.latest.stream().filter((query) -> query.number() > number).toList();
	}

}
