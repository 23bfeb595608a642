package io.github.awssecrets.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.credentials.RetrievedCredentials;
import io.github.awssecrets.refresh.WatchClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which credentials the connections of one pool log in with: those of the
 * snapshot, until the database refuses them; then the current version as AWS has it, and
 * last the version that a rotation prepares. What the database took is used until the
 * snapshot moves on.
 * <p>
 * Safe for use by several threads. Logins do not exclude each other, but only one thread
 * at a time looks for other credentials, and the others share what it finds.
 */
final class LoginAttempts {

	static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final String pool;

	private final CredentialSource credentials;

	private final LoginFailures failures;

	private final boolean pending;

	private final WatchClock clock;

	private final LoginListener listener;

	private final RefusedLogins refused;

	private final ReentrantLock search = new ReentrantLock();

	private volatile @Nullable Taken taken;

	/* Guarded by the lock */
	private long pause;

	private long nextLook;

	LoginAttempts(String pool, CredentialSource credentials, LoginFailures failures, boolean pending, WatchClock clock,
			LoginListener listener) {
		this.pool = pool;
		this.credentials = credentials;
		this.failures = failures;
		this.pending = pending;
		this.clock = clock;
		this.listener = listener;
		this.refused = new RefusedLogins(clock);
	}

	/**
	 * Log in.
	 * @param driver makes a connection
	 * @return the connection
	 * @throws SQLException if the driver throws something that has nothing to do with
	 * credentials, or if the database takes none of those there are
	 */
	Connection login(Login driver) throws SQLException {
		Credentials snapshot = this.credentials.current();
		if (snapshot == null) {
			throw new SQLException("The credentials of pool '%s' have no value in the secrets".formatted(this.pool));
		}
		Credentials first = takenInsteadOf(snapshot);
		first = (first != null) ? first : snapshot;
		if (!this.refused.rules(first)) {
			try {
				return login(first, driver);
			}
			catch (RefusedException ex) {
				return search(snapshot, driver, ex);
			}
		}
		return search(snapshot, driver, null);
	}

	private @Nullable Credentials takenInsteadOf(Credentials snapshot) {
		Taken instead = this.taken;
		return (instead != null && instead.snapshot().equals(snapshot.version())) ? instead.credentials() : null;
	}

	private Connection login(Credentials wanted, Login driver) throws SQLException, RefusedException {
		try {
			Connection connection = driver.login(wanted);
			this.refused.clear();
			return connection;
		}
		catch (SQLException ex) {
			LoginFailure reason = this.failures.classify(ex);
			if (reason == null) {
				throw ex;
			}
			this.refused.add(wanted, reason, ex);
			Taken instead = this.taken;
			if (instead != null && instead.credentials().version().equals(wanted.version())) {
				this.taken = null;
			}
			if (reason == LoginFailure.LOCKED) {
				throw ex;
			}
			throw new RefusedException(wanted, ex);
		}
	}

	/**
	 * Look for credentials that the database takes.
	 */
	private Connection search(Credentials before, Login driver, @Nullable RefusedException refusal)
			throws SQLException {
		lock();
		try {
			Credentials snapshot = this.credentials.current();
			snapshot = (snapshot != null) ? snapshot : before;
			RefusedException last = refusal;
			for (Supplier<@Nullable Credentials> candidates : candidates(before, snapshot)) {
				Credentials candidate = candidates.get();
				if (candidate == null || this.refused.rules(candidate)) {
					continue;
				}
				try {
					Connection connection = login(candidate, driver);
					taken(snapshot, candidate, last);
					return connection;
				}
				catch (RefusedException ex) {
					last = ex;
				}
			}
			this.listener.nothingTaken(snapshot.version());
			throw (last != null) ? last.failure() : this.refused.repeated(this.pool);
		}
		finally {
			this.search.unlock();
		}
	}

	private List<Supplier<@Nullable Credentials>> candidates(Credentials before, Credentials snapshot) {
		boolean moved = !snapshot.version().equals(before.version());
		Supplier<@Nullable Credentials> shared = () -> moved ? snapshot : takenInsteadOf(snapshot);
		Supplier<@Nullable Credentials> own = () -> snapshot;
		long now = this.clock.nanoTime();
		if (this.pause != 0 && this.nextLook - now > 0) {
			return List.of(shared, own);
		}
		return List.of(shared, () -> look(now), () -> retrieveCurrent(snapshot), this::retrievePending, own);
	}

	/* Not a candidate: takes note that AWS is asked */
	private @Nullable Credentials look(long now) {
		this.pause = (this.pause == 0) ? FIRST_PAUSE.toNanos() : Math.min(this.pause * 2, LONGEST_PAUSE.toNanos());
		this.nextLook = now + this.pause;
		return null;
	}

	private @Nullable Credentials retrieveCurrent(Credentials snapshot) {
		RetrievedCredentials retrieved = this.credentials.retrieveCurrent();
		Credentials found = retrieved.credentials();
		if (found != null && !found.version().equals(snapshot.version())) {
			this.listener.snapshotIsBehind();
		}
		return found;
	}

	private @Nullable Credentials retrievePending() {
		if (!this.pending) {
			return null;
		}
		RetrievedCredentials retrieved = this.credentials.retrievePending();
		if (retrieved.isDenied()) {
			this.listener.pendingDenied(retrieved.failures());
		}
		return retrieved.credentials();
	}

	private void taken(Credentials snapshot, Credentials candidate, @Nullable RefusedException last) {
		this.pause = 0;
		if (!candidate.version().equals(snapshot.version())) {
			this.taken = new Taken(snapshot.version(), candidate);
			this.listener.taken(candidate.version(), (last != null) ? last.credentials().version() : null);
		}
	}

	private void lock() throws SQLException {
		try {
			this.search.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while pool '%s' looked for credentials".formatted(this.pool), ex);
		}
	}

	/**
	 * Makes a connection.
	 */
	@FunctionalInterface
	interface Login {

		/**
		 * Make a connection.
		 * @param credentials whom to log in as
		 * @return the connection
		 * @throws SQLException if that fails
		 */
		Connection login(Credentials credentials) throws SQLException;

	}

	/**
	 * What the database took, and the version in the snapshot that it did not.
	 */
	private record Taken(CredentialVersion snapshot, Credentials credentials) {

	}

	/**
	 * Says that a login was refused.
	 */
	private static final class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		private final transient Credentials credentials;

		private final SQLException failure;

		RefusedException(Credentials credentials, SQLException failure) {
			super(null, null, false, false);
			this.credentials = credentials;
			this.failure = failure;
		}

		Credentials credentials() {
			return this.credentials;
		}

		SQLException failure() {
			return this.failure;
		}

	}

}
