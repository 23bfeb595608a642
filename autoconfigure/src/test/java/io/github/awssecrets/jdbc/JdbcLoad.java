package io.github.awssecrets.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;

/**
 * A steady load on a pool: threads that borrow a connection, do a transaction of two
 * statements, and give it back; and new logins all the time, as idle connections are
 * evicted every 200 ms.
 */
final class JdbcLoad implements AutoCloseable {

	private static final int THREADS = 8;

	/** As many as there are connections in the pool. */
	private static final int LOGINS = 10;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration EVICTION = Duration.ofMillis(200);

	final AtomicInteger failedBorrows = new AtomicInteger();

	final AtomicInteger failedStatements = new AtomicInteger();

	final AtomicInteger abortedTransactions = new AtomicInteger();

	final AtomicInteger transactions = new AtomicInteger();

	private final Set<Integer> sessions = ConcurrentHashMap.newKeySet();

	private final AtomicLong longestBorrow = new AtomicLong();

	private final HikariDataSource pool;

	private final CountDownLatch stop = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile String firstFailure = "";

	JdbcLoad(HikariDataSource pool) {
		this.pool = pool;
		for (int i = 0; i < THREADS; i++) {
			this.threads.execute(this::run);
		}
		this.threads.execute(this::evict);
	}

	private void evict() {
		while (!isStopped(EVICTION)) {
			if (this.pool.isRunning()) {
				this.pool.getHikariPoolMXBean().softEvictConnections();
			}
		}
	}

	private void run() {
		// A load, and no race for the processors
		while (!isStopped(PAUSE)) {
			long start = System.nanoTime();
			try (Connection connection = this.pool.getConnection()) {
				this.longestBorrow.accumulateAndGet(System.nanoTime() - start, Math::max);
				transaction(connection);
			}
			catch (SQLException ex) {
				fail(this.failedBorrows, ex);
			}
		}
	}

	private void transaction(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			try (ResultSet session = statement.executeQuery("SELECT pg_backend_pid()")) {
				session.next();
				this.sessions.add(session.getInt(1));
			}
			statement.execute("INSERT INTO load VALUES (1)");
		}
		catch (SQLException ex) {
			fail(this.failedStatements, ex);
			return;
		}
		try {
			connection.commit();
			this.transactions.incrementAndGet();
		}
		catch (SQLException ex) {
			fail(this.abortedTransactions, ex);
		}
	}

	private boolean isStopped(Duration pause) {
		try {
			return this.stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	private void fail(AtomicInteger counter, SQLException failure) {
		counter.incrementAndGet();
		if (this.firstFailure.isEmpty()) {
			this.firstFailure = failure + ((failure.getCause() != null) ? ", " + failure.getCause() : "");
		}
	}

	/**
	 * Wait until the pool has logged in many times.
	 */
	void passLogins() {
		int before = this.sessions.size();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.sessions.size() >= before + LOGINS || !failures().isEmpty());
	}

	/**
	 * Let a time pass under load.
	 */
	void pass(Duration time) {
		isStopped(time);
	}

	/**
	 * Return what failed, which should be nothing.
	 */
	List<String> failures() {
		List<String> failures = new ArrayList<>();
		add(this.failedBorrows, "failed borrows", failures);
		add(this.failedStatements, "failed statements", failures);
		add(this.abortedTransactions, "aborted transactions", failures);
		return failures;
	}

	private void add(AtomicInteger counter, String name, List<String> failures) {
		if (counter.get() > 0) {
			failures.add("%d %s: %s".formatted(counter.get(), name, this.firstFailure));
		}
	}

	@Override
	public String toString() {
		return "%d transactions, %d failed borrows, %d failed statements, longest borrow %d ms".formatted(
				this.transactions.get(), this.failedBorrows.get(), this.failedStatements.get(),
				TimeUnit.NANOSECONDS.toMillis(this.longestBorrow.get()));
	}

	@Override
	public void close() {
		this.stop.countDown();
		this.threads.shutdown();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(this.threads::isTerminated);
	}

}
