package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.refresh.WatchClock;
import org.jspecify.annotations.Nullable;

/**
 * The logins that a database refused to one pool. A version that was refused is not used
 * again until a while has passed, longer each time, so that our attempts lock no account
 * soon; an account that is locked is left alone with any password. A login that succeeds
 * ends that. Safe for use by several threads.
 */
final class RefusedLogins {

	static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

	private final WatchClock clock;

	private final Map<CredentialVersion, Pause> versions = new HashMap<>();

	private final Map<String, Pause> accounts = new HashMap<>();

	private volatile @Nullable SQLException last;

	RefusedLogins(WatchClock clock) {
		this.clock = clock;
	}

	/**
	 * Take note of a refused login.
	 * @param credentials the credentials
	 * @param reason why it was refused
	 * @param failure what the driver threw
	 */
	synchronized void add(Credentials credentials, LoginFailure reason, SQLException failure) {
		this.versions.compute(credentials.version(), this::longer);
		if (reason == LoginFailure.LOCKED && credentials.username() != null) {
			this.accounts.compute(credentials.username(), this::longer);
		}
		this.last = failure;
	}

	private <K> Pause longer(K key, @Nullable Pause pause) {
		long length = (pause != null) ? Math.min(pause.length() * 2, LONGEST_PAUSE.toNanos()) : FIRST_PAUSE.toNanos();
		return new Pause(length, this.clock.nanoTime() + length);
	}

	/**
	 * Have a version that was refused pause for as long as any can.
	 * @param credentials the credentials
	 */
	synchronized void rest(Credentials credentials) {
		this.versions.put(credentials.version(),
				new Pause(LONGEST_PAUSE.toNanos(), this.clock.nanoTime() + LONGEST_PAUSE.toNanos()));
	}

	/**
	 * Return whether a login would come too early.
	 * @param credentials the credentials
	 * @return whether they were refused a short while ago
	 */
	boolean rules(Credentials credentials) {
		if (this.last == null) {
			return false;
		}
		synchronized (this) {
			return isPause(this.versions.get(credentials.version()))
					|| (credentials.username() != null && isPause(this.accounts.get(credentials.username())));
		}
	}

	private boolean isPause(@Nullable Pause pause) {
		return pause != null && pause.end() - this.clock.nanoTime() > 0;
	}

	/**
	 * Forget everything, as a login succeeded.
	 */
	void clear() {
		if (this.last != null) {
			synchronized (this) {
				this.versions.clear();
				this.accounts.clear();
				this.last = null;
			}
		}
	}

	/**
	 * Return what to throw instead of a login.
	 * @param pool the name of the pool
	 * @return the refusal of the last login
	 */
	SQLException repeated(String pool) {
		SQLException failure = this.last;
		String text = "The database refused the credentials of pool '%s' a short while ago, and the secret has no others"
			.formatted(pool);
		return (failure != null)
				? new SQLInvalidAuthorizationSpecException(text, failure.getSQLState(), failure.getErrorCode(), failure)
				: new SQLInvalidAuthorizationSpecException(text);
	}

	private record Pause(long length, long end) {

	}

}
