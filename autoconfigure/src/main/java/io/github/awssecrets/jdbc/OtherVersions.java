package io.github.awssecrets.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.credentials.RetrievedCredentials;
import io.github.awssecrets.refresh.WatchClock;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a secret that AWS has besides the one that the application has. AWS is
 * not asked again until a pause has passed, longer each time, until a login succeeds. For
 * use by one thread at a time.
 */
final class OtherVersions {

	static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private final CredentialSource credentials;

	private final boolean pending;

	private final WatchClock clock;

	private final LoginListener listener;

	private long pause;

	private long nextLook;

	/**
	 * Create an instance.
	 * @param credentials where the versions are from
	 * @param pending whether the version that a rotation prepares may be used
	 * @param clock the time
	 * @param listener is told what AWS answers
	 */
	OtherVersions(CredentialSource credentials, boolean pending, WatchClock clock, LoginListener listener) {
		this.credentials = credentials;
		this.pending = pending;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Return the versions in the order in which to try them, each of them retrieved only
	 * when it is asked for.
	 * @param snapshot what the application has
	 * @return the versions, none while AWS is not to be asked
	 */
	List<Candidate> look(Credentials snapshot) {
		long now = this.clock.nanoTime();
		if (this.pause != 0 && this.nextLook - now > 0) {
			return List.of();
		}
		this.pause = (this.pause == 0) ? FIRST_PAUSE.toNanos() : Math.min(this.pause * 2, LONGEST_PAUSE.toNanos());
		this.nextLook = now + this.pause;
		return List.of(new Candidate(LoginRetryOutcome.CURRENT, () -> retrieveCurrent(snapshot)),
				new Candidate(LoginRetryOutcome.PENDING, this::retrievePending),
				new Candidate(LoginRetryOutcome.PREVIOUS, () -> this.credentials.retrievePrevious().credentials()));
	}

	/**
	 * Take note that a login succeeded.
	 */
	void found() {
		this.pause = 0;
	}

	private @Nullable Credentials retrieveCurrent(Credentials snapshot) {
		Credentials found = this.credentials.retrieveCurrent().credentials();
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

	/**
	 * Credentials that may be tried.
	 *
	 * @param outcome what it means if the database takes them
	 * @param source has the credentials, or {@code null} if there are none
	 */
	record Candidate(LoginRetryOutcome outcome, Supplier<@Nullable Credentials> source) {
	}

}
