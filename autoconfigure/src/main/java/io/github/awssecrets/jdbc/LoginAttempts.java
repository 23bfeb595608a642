package io.github.awssecrets.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.jdbc.OtherVersions.Candidate;
import io.github.awssecrets.refresh.WatchClock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which credentials the connections of one pool log in with: those of the
 * snapshot, until the database refuses them; then {@linkplain OtherVersions others} of
 * the same secret. What the database took is used until the snapshot moves on.
 * <p>
 * Safe for use by several threads. Logins do not exclude each other, but only one thread
 * at a time looks for other credentials, and the others share what it finds.
 */
final class LoginAttempts {

	private final String pool;

	private final CredentialSource credentials;

	private final LoginFailures failures;

	private final LoginListener listener;

	private final RefusedLogins refused;

	private final ReentrantLock search = new ReentrantLock();

	/* Guarded by the lock */
	private final OtherVersions others;

	private final AtomicReference<@Nullable Choice> choice = new AtomicReference<>();

	LoginAttempts(String pool, CredentialSource credentials, LoginFailures failures, boolean pending, WatchClock clock,
			LoginListener listener) {
		this.pool = pool;
		this.credentials = credentials;
		this.failures = failures;
		this.listener = listener;
		this.refused = new RefusedLogins(clock);
		this.others = new OtherVersions(credentials, pending, clock, listener);
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
		Choice instead = choiceInsteadOf(snapshot);
		Credentials first = (instead != null) ? instead.credentials() : snapshot;
		if (!this.refused.rules(first)) {
			try {
				Connection connection = login(first, driver);
				if (instead != null && !instead.taken() && this.choice.compareAndSet(instead, instead.asTaken())) {
					tell(instead, null);
				}
				return connection;
			}
			catch (RefusedLoginException ex) {
				return search(snapshot, driver, ex);
			}
		}
		return search(snapshot, driver, null);
	}

	private @Nullable Choice choiceInsteadOf(Credentials snapshot) {
		Choice instead = this.choice.get();
		return (instead != null && instead.snapshot().equals(snapshot.version())) ? instead : null;
	}

	private Connection login(Credentials wanted, Login driver) throws SQLException, RefusedLoginException {
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
			this.choice.updateAndGet((instead) -> (instead != null && instead.isOf(wanted.version())) ? null : instead);
			if (reason == LoginFailure.LOCKED) {
				throw ex;
			}
			throw new RefusedLoginException(wanted.version(), ex);
		}
	}

	/**
	 * Look for credentials that the database takes.
	 */
	private Connection search(Credentials before, Login driver, @Nullable RefusedLoginException refusal)
			throws SQLException {
		lock();
		try {
			Credentials snapshot = this.credentials.current();
			snapshot = (snapshot != null) ? snapshot : before;
			RefusedLoginException last = refusal;
			for (Candidate candidate : candidates(before, snapshot)) {
				Credentials wanted = candidate.source().get();
				if (wanted == null || this.refused.rules(wanted)) {
					continue;
				}
				Choice found = new Choice(snapshot.version(), wanted, candidate.outcome(), false);
				try {
					Connection connection = login(wanted, driver);
					this.others.found();
					this.choice.set(found.asTaken());
					tell(found, last);
					return connection;
				}
				catch (RefusedLoginException ex) {
					last = ex;
					if (candidate.outcome() == LoginRetryOutcome.PREVIOUS) {
						// A guess, which should not help to lock the account
						this.refused.rest(wanted);
					}
				}
				catch (SQLException ex) {
					if (this.failures.classify(ex) == null) {
						// Not the fault of the credentials: they are tried first next
						// time
						this.choice.set(found);
					}
					throw ex;
				}
			}
			this.listener.nothingTaken(snapshot.version());
			this.listener.retried(LoginRetryOutcome.NONE);
			throw (last != null) ? last.failure() : this.refused.repeated(this.pool);
		}
		finally {
			this.search.unlock();
		}
	}

	private List<Candidate> candidates(Credentials before, Credentials snapshot) {
		Candidate own = new Candidate(LoginRetryOutcome.CURRENT, () -> snapshot);
		Choice shared = choiceInsteadOf(snapshot);
		List<Candidate> candidates = new ArrayList<>();
		if (!snapshot.version().equals(before.version())) {
			candidates.add(own);
		}
		else if (shared != null) {
			candidates.add(new Candidate(shared.outcome(), shared::credentials));
		}
		candidates.addAll(this.others.look(snapshot));
		candidates.add(own);
		return candidates;
	}

	private void tell(Choice taken, @Nullable RefusedLoginException last) {
		if (!taken.isOf(taken.snapshot())) {
			this.listener.taken(taken.credentials().version(), (last != null) ? last.version() : null);
		}
		this.listener.retried(taken.outcome());
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
	 * What to log in with for as long as the snapshot stays the same.
	 *
	 * @param snapshot the version in the snapshot
	 * @param credentials what to log in with
	 * @param outcome what it means that the database takes them
	 * @param taken whether it did: a login may have failed for another reason
	 */
	private record Choice(CredentialVersion snapshot, Credentials credentials, LoginRetryOutcome outcome,
			boolean taken) {

		boolean isOf(CredentialVersion version) {
			return this.credentials.version().equals(version);
		}

		Choice asTaken() {
			return new Choice(this.snapshot, this.credentials, this.outcome, true);
		}

	}

}
