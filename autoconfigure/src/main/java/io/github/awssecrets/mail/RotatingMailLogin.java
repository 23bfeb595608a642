package io.github.awssecrets.mail;

import java.time.Duration;

import io.github.awssecrets.credentials.CredentialConsumer;
import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.refresh.WatchClock;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * The credentials of one mail sender, which logs in for each message. Jakarta Mail asks
 * an authenticator when the server has refused them, and logs in once more: that is when
 * the current version is retrieved afresh, as AWS may be ahead of the last poll. Safe for
 * use by several threads.
 */
final class RotatingMailLogin extends Authenticator implements CredentialConsumer<MailLogin> {

	static final String PREFIX = "spring.mail";

	/** After the first look that found nothing new; twice as long after each other. */
	static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	/** As long as a login may take. */
	static final Duration LOGIN = Duration.ofSeconds(30);

	private final JavaMailSenderImpl sender;

	private final CredentialSource source;

	private final WatchClock clock;

	private final Runnable behind;

	private @Nullable Credentials found;

	private boolean started;

	private long taken;

	private long nextLook;

	private long pause = FIRST_PAUSE.toNanos();

	/**
	 * Create credentials.
	 * @param sender the sender
	 * @param source where they come from
	 * @param clock the time
	 * @param behind called when AWS is ahead of the application
	 */
	RotatingMailLogin(JavaMailSenderImpl sender, CredentialSource source, WatchClock clock, Runnable behind) {
		this.sender = sender;
		this.source = source;
		this.clock = clock;
		this.behind = behind;
		this.taken = clock.nanoTime() - LOGIN.toNanos();
		this.nextLook = clock.nanoTime();
	}

	@Override
	public String prefix() {
		return PREFIX;
	}

	@Override
	public Class<MailLogin> type() {
		return MailLogin.class;
	}

	@Override
	public synchronized void accept(MailLogin login) {
		if (this.started) {
			this.found = null;
			take(login.username(), login.password());
		}
		this.started = true;
	}

	private void take(@Nullable String username, @Nullable String password) {
		this.sender.setPassword(password);
		this.sender.setUsername(username);
		this.taken = this.clock.nanoTime();
		this.pause = FIRST_PAUSE.toNanos();
	}

	@Override
	protected @Nullable PasswordAuthentication getPasswordAuthentication() {
		Credentials before;
		Credentials other;
		synchronized (this) {
			before = this.found;
			other = other();
		}
		if (other != null && isNewer(other, before) && isNewer(other, this.source.current())) {
			this.behind.run();
		}
		return (other != null) ? new PasswordAuthentication(other.username(), other.password()) : null;
	}

	private @Nullable Credentials other() {
		Credentials inUse = this.source.current();
		if (isNewer(this.found, inUse)) {
			return this.found;
		}
		long now = this.clock.nanoTime();
		if (now - this.nextLook >= 0) {
			Credentials current = this.source.retrieveCurrent().credentials();
			if (current != null && isNewer(current, inUse)) {
				this.found = current;
				take(current.username(), current.password());
				return current;
			}
			this.nextLook = now + this.pause;
			this.pause = Math.min(this.pause * 2, LONGEST_PAUSE.toNanos());
		}
		// Perhaps those of before were refused, or one of them with one of these
		return (now - this.taken < LOGIN.toNanos()) ? inUse : null;
	}

	private static boolean isNewer(@Nullable Credentials candidate, @Nullable Credentials other) {
		return candidate != null && (other == null || !candidate.version().equals(other.version()));
	}

}
