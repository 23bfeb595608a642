package io.github.awssecrets.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchThreads;

/**
 * Softly evicts the connections of pools after a rotation: idle ones are closed, those in
 * use when they are given back. Done twice, as a connection that is being made during the
 * first eviction may be missed by it (HikariCP issue 1836). Its thread exists only while
 * a second eviction is due. Safe for use by several threads.
 */
public final class PoolEvictions implements WatchThreads.Loop, AutoCloseable {

	private static final Duration MARGIN = Duration.ofSeconds(1);

	private static final Duration LONGEST_LOGIN = Duration.ofSeconds(60);

	private final WatchClock clock;

	private final WatchThreads threads;

	private final List<Due> due = new ArrayList<>();

	/**
	 * Create an instance.
	 * @param clock the time
	 * @param threads the threads, used by this instance alone
	 */
	public PoolEvictions(WatchClock clock, WatchThreads threads) {
		this.clock = clock;
		this.threads = threads;
	}

	void evict(HikariDataSource pool) {
		evictNow(pool);
		Duration login = Duration.ofMillis(pool.getConnectionTimeout());
		Duration delay = ((login.compareTo(LONGEST_LOGIN) < 0) ? login : LONGEST_LOGIN).plus(MARGIN);
		synchronized (this) {
			this.due.add(new Due(pool, this.clock.nanoTime() + delay.toNanos()));
		}
		this.threads.wake(this);
	}

	private static void evictNow(HikariDataSource pool) {
		HikariPoolMXBean control = (pool.isRunning() && !pool.isClosed()) ? pool.getHikariPoolMXBean() : null;
		if (control != null) {
			control.softEvictConnections();
		}
	}

	@Override
	public long run() {
		List<HikariDataSource> pools = new ArrayList<>();
		long next = IDLE;
		synchronized (this) {
			long now = this.clock.nanoTime();
			for (Iterator<Due> all = this.due.iterator(); all.hasNext();) {
				Due each = all.next();
				long rest = each.time() - now;
				if (rest <= 0) {
					all.remove();
					pools.add(each.pool());
				}
				else {
					next = (next == IDLE) ? rest : Math.min(next, rest);
				}
			}
		}
		pools.forEach(PoolEvictions::evictNow);
		return next;
	}

	@Override
	public void close() {
		synchronized (this) {
			this.due.clear();
		}
		this.threads.stop();
	}

	private record Due(HikariDataSource pool, long time) {

	}

}
