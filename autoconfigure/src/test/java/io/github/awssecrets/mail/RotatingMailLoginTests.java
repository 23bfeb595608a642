package io.github.awssecrets.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.credentials.RetrievedCredentials;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.testing.Canary;
import jakarta.mail.PasswordAuthentication;
import org.junit.jupiter.api.Test;

import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RotatingMailLogin}, in time that passes when a test says so.
 */
class RotatingMailLoginTests {

	private static final Duration MOMENT = Duration.ofMillis(1);

	private final Clock clock = new Clock();

	private final Source source = new Source();

	private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

	private int behind;

	private final RotatingMailLogin login = new RotatingMailLogin(this.sender, this.source, this.clock,
			() -> this.behind++);

	@Test
	void loginWhenAwsHasNothingNewAsksAfterPausesUpToFiveSeconds() {
		this.login.accept(login(1));
		assertThat(this.login.getPasswordAuthentication()).isNull();
		assertThat(this.source.calls).isOne();
		assertPauses(50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000);
		assertThat(this.behind).isZero();
	}

	@Test
	void loginWhenAwsIsAheadTakesItAndBeginsWithTheShortestPauseAgain() {
		this.login.accept(login(1));
		assertThat(this.login.getPasswordAuthentication()).isNull();
		assertPauses(50, 100, 200, 400);
		this.source.aws = 2;
		this.clock.advance(Duration.ofSeconds(1));
		assertHasPasswordOf(2);
		int calls = this.source.calls;
		assertHasPasswordOf(2);
		assertThat(this.source.calls).as("what was found is kept").isEqualTo(calls);
		assertThat(this.behind).as("the watcher looks once").isOne();
		assertThat(password(2).equals(this.sender.getPassword())).isTrue();
		this.source.application = 2;
		this.login.accept(login(2));
		this.clock.advance(RotatingMailLogin.LOGIN);
		assertThat(this.login.getPasswordAuthentication()).isNull();
		assertPauses(50, 100);
	}

	@Test
	void loginWhenPollWasFirstTakesTheNewOneAsLongAsALoginLasts() {
		this.login.accept(login(1));
		this.source.application = 2;
		this.source.aws = 2;
		this.login.accept(login(2));
		assertHasPasswordOf(2);
		this.clock.advance(RotatingMailLogin.LOGIN.minus(MOMENT));
		assertHasPasswordOf(2);
		this.clock.advance(MOMENT);
		assertThat(this.login.getPasswordAuthentication()).isNull();
		assertThat(this.behind).isZero();
	}

	private void assertPauses(int... milliseconds) {
		for (int pause : milliseconds) {
			int calls = this.source.calls;
			this.clock.advance(Duration.ofMillis(pause).minus(MOMENT));
			assertThat(this.login.getPasswordAuthentication()).isNull();
			assertThat(this.source.calls).as("before %d ms", pause).isEqualTo(calls);
			this.clock.advance(MOMENT);
			assertThat(this.login.getPasswordAuthentication()).isNull();
			assertThat(this.source.calls).as("after %d ms", pause).isEqualTo(calls + 1);
		}
	}

	private void assertHasPasswordOf(int version) {
		PasswordAuthentication authentication = this.login.getPasswordAuthentication();
		assertThat(authentication != null && authentication.getPassword().equals(password(version))).isTrue();
	}

	private static MailLogin login(int version) {
		return new MailLogin("app", password(version));
	}

	private static String password(int version) {
		return Canary.value("prod/mail.password", version);
	}

	private static final class Source implements CredentialSource {

		private int application = 1;

		private int aws = 1;

		private int calls;

		@Override
		public Credentials current() {
			return version(this.application);
		}

		@Override
		public RetrievedCredentials retrieveCurrent() {
			this.calls++;
			return new RetrievedCredentials(version(this.aws), List.of());
		}

		@Override
		public RetrievedCredentials retrievePending() {
			throw new UnsupportedOperationException();
		}

		@Override
		public RetrievedCredentials retrievePrevious() {
			throw new UnsupportedOperationException();
		}

		private static Credentials version(int number) {
			return new Credentials("app", password(number),
					new CredentialVersion(Map.of(SecretSelector.current(new SecretId("prod/mail")), "v" + number)));
		}

	}

	private static final class Clock implements WatchClock {

		/* Far from zero, so that nobody relies on the sign of a moment */
		private long nanoTime = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

		void advance(Duration duration) {
			this.nanoTime += duration.toNanos();
		}

		@Override
		public long nanoTime() {
			return this.nanoTime;
		}

		@Override
		public Instant now() {
			return Instant.EPOCH;
		}

	}

}
