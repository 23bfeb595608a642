package io.github.awssecrets.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.postgresql.PGConnection;

/**
 * A steady load on a pool: threads that borrow a connection, do a transaction of two
 * statements, and give it back; and new logins all the time, as idle connections are
 * evicted every 200 ms. Needs a table {@code load} of one number.
 */
public final class JdbcLoad implements AutoCloseable {

	private static final int THREADS = 8;

	/** As many as there are connections in the pool. */
	private static final int LOGINS = 10;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private static final Duration EVICTION = Duration.ofMillis(200);

	private final List<JdbcFailure> failures = new CopyOnWriteArrayList<>();

	private final AtomicInteger transactions = new AtomicInteger();

	private final AtomicInteger logins = new AtomicInteger();

	private final AtomicLong longestBorrow = new AtomicLong();

	private final Set<PGConnection> sessions = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private final HikariDataSource pool;

	private final Borrows borrows;

	private final CountDownLatch stop = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Start a load.
	 * @param pool the pool
	 */
	public JdbcLoad(HikariDataSource pool) {
		this(pool, (end, nanos) -> {
		});
	}

	/**
	 * Start a load.
	 * @param pool the pool
	 * @param borrows is told of all connections that are borrowed
	 */
	public JdbcLoad(HikariDataSource pool, Borrows borrows) {
		this.pool = pool;
		this.borrows = borrows;
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
			JdbcFailure.Step step = JdbcFailure.Step.BORROW;
			long start = System.nanoTime();
			try (Connection connection = this.pool.getConnection()) {
				long end = System.nanoTime();
				this.longestBorrow.accumulateAndGet(end - start, Math::max);
				this.borrows.borrowed(end, end - start);
				step = JdbcFailure.Step.STATEMENT;
				execute(connection);
				step = JdbcFailure.Step.COMMIT;
				connection.commit();
				this.transactions.incrementAndGet();
			}
			catch (SQLException ex) {
				this.failures.add(new JdbcFailure(step, ex));
			}
		}
	}

	private void execute(Connection connection) throws SQLException {
		if (this.sessions.add(connection.unwrap(PGConnection.class))) {
			this.logins.incrementAndGet();
		}
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			try (ResultSet result = statement.executeQuery("SELECT 1")) {
				result.next();
			}
			statement.execute("INSERT INTO load VALUES (1)");
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

	/**
	 * Wait until the pool has logged in many times.
	 */
	public void passLogins() {
		passLogins(LOGINS);
	}

	/**
	 * Wait until the pool has logged in.
	 * @param number how many times
	 */
	public void passLogins(int number) {
		int before = this.logins.get();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.logins.get() >= before + number);
	}

	/**
	 * Wait until a connection could not be borrowed.
	 */
	public void awaitFailedBorrow() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !failures(JdbcFailure.Step.BORROW).isEmpty());
	}

	/**
	 * Let a time pass under load.
	 * @param time the time
	 */
	public void pass(Duration time) {
		isStopped(time);
	}

	/**
	 * Return what failed so far.
	 * @return the failures in their order
	 */
	public List<JdbcFailure> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Return what failed so far in a step.
	 * @param step the step
	 * @return the failures in their order
	 */
	public List<JdbcFailure> failures(JdbcFailure.Step step) {
		return this.failures.stream().filter((failure) -> failure.step() == step).toList();
	}

	/**
	 * Return how many transactions were committed so far.
	 * @return the number
	 */
	public int transactions() {
		return this.transactions.get();
	}

	@Override
	public String toString() {
		return "%d transactions, %d failed borrows, %d failed statements, %d aborted transactions, longest borrow %d ms"
			.formatted(transactions(), failures(JdbcFailure.Step.BORROW).size(),
					failures(JdbcFailure.Step.STATEMENT).size(), failures(JdbcFailure.Step.COMMIT).size(),
					TimeUnit.NANOSECONDS.toMillis(this.longestBorrow.get()));
	}

	@Override
	public void close() {
		this.stop.countDown();
		this.threads.shutdown();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(this.threads::isTerminated);
	}

	/**
	 * Is told of borrowed connections, by several threads.
	 */
	@FunctionalInterface
	public interface Borrows {

		/**
		 * Called when a connection was borrowed.
		 * @param end when, as {@link System#nanoTime()} has it
		 * @param nanos how long that took
		 */
		void borrowed(long end, long nanos);

	}

}
