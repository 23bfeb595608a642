package io.github.awssecrets.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LoginAttempts}.
 */
class LoginAttemptsTests {

	private static final Credentials V1 = FakeCredentials.version(1);

	private static final Credentials V2 = FakeCredentials.version(2);

	private static final Credentials V3 = FakeCredentials.version(3);

	private final TestClock clock = new TestClock();

	private final FakeCredentials secret = new FakeCredentials(V1);

	private final FakeDatabase database = new FakeDatabase();

	private final Notes notes = new Notes();

	private final LoginAttempts attempts = attempts("jdbc:postgresql://db/orders", true);

	private LoginAttempts attempts(String url, boolean pending) {
		return new LoginAttempts("orders", this.secret, LoginFailures.of(url, List.of()), pending, this.clock,
				this.notes);
	}

	@Test
	void loginWhenSnapshotIsTakenAsksNobody() throws SQLException {
		this.database.accept(V1);
		login(5);
		assertThat(this.database.logins).containsExactly("v1", "v1", "v1", "v1", "v1");
		assertThat(this.database.refused).isEmpty();
		assertThat(this.notes.retries).isEmpty();
		assertNoCalls();
	}

	@Test
	void loginWhenAwsIsAheadTakesCurrentVersionAndNotPending() throws SQLException {
		this.secret.current = V2;
		this.secret.pending = V3;
		this.database.accept(V2, V3);
		login(3);
		assertThat(this.database.logins).containsExactly("v2", "v2", "v2");
		assertThat(this.database.refused).containsExactly("v1");
		assertThat(this.secret.currentCalls).hasValue(1);
		assertThat(this.secret.pendingCalls).hasValue(0);
		assertThat(this.notes.behind).isEqualTo(1);
		assertThat(this.notes.retries).containsExactly(LoginRetryOutcome.CURRENT);
	}

	@Test
	void loginWhenRotationIsUnderWayTakesPending() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		login(3);
		assertThat(this.database.logins).containsExactly("v2", "v2", "v2");
		assertThat(this.database.refused).containsExactly("v1");
		assertThat(this.secret.currentCalls).hasValue(1);
		assertThat(this.secret.pendingCalls).hasValue(1);
		assertThat(this.secret.previousCalls).hasValue(0);
		assertThat(this.notes.taken).containsExactly("v2 instead of v1");
		assertThat(this.notes.retries).containsExactly(LoginRetryOutcome.PENDING);
		assertThat(this.notes.behind).isZero();
	}

	@Test
	void loginWhenSnapshotMovesOnTakesSnapshot() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		login(1);
		this.secret.finish();
		this.secret.snapshot = V2;
		login(2);
		this.secret.pending = V3;
		this.database.accept(V3);
		login(2);
		assertThat(this.database.logins).containsExactly("v2", "v2", "v2", "v3", "v3");
		assertThat(this.database.refused).containsExactly("v1", "v2");
	}

	@Test
	void loginWhenPendingIsForbiddenDoesNotAskForIt() {
		this.secret.pending = V2;
		this.database.accept(V2);
		LoginAttempts forbidden = attempts("jdbc:postgresql://db/orders", false);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> forbidden.login(this.database))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
		assertThat(this.secret.pendingCalls).hasValue(0);
	}

	@Test
	void loginWhenNothingIsTakenTriesEachVersionOncePerPause() throws SQLException {
		this.secret.pending = V2;
		// As HikariCP does: 10 ms after the first failure, doubling to 5 s
		long millis = 10;
		for (long elapsed = 0; elapsed < 4900; millis *= 2) {
			assertRefused();
			this.clock.advance(Duration.ofMillis(millis));
			elapsed += millis;
		}
		assertThat(this.database.refused).containsExactly("v1", "v2");
		assertThat(this.notes.nothing).contains("v1");
		assertThat(this.notes.retries).containsOnly(LoginRetryOutcome.NONE);
		this.clock.advance(RefusedLogins.FIRST_PAUSE);
		assertRefused();
		assertThat(this.database.refused).hasSize(4);
	}

	@Test
	void loginWhenNothingIsTakenForLongSlowsDownAndRecoversByItself() throws SQLException {
		for (int second = 0; second < 3600; second++) {
			assertRefused();
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.database.refused).hasSizeBetween(55, 70);
		this.database.accept(V1);
		this.clock.advance(RefusedLogins.LONGEST_PAUSE);
		login(1);
		assertThat(this.database.logins).containsExactly("v1");
	}

	@Test
	void loginWhenPendingOfLastWeekWasAbandonedTriesItOnce() throws SQLException {
		this.secret.pending = V2;
		assertRefused();
		assertRefused();
		this.database.accept(V1);
		this.clock.advance(RefusedLogins.FIRST_PAUSE);
		login(3);
		assertThat(this.database.logins).containsExactly("v1", "v1", "v1");
		assertThat(this.database.refused).containsExactly("v1", "v2");
	}

	@Test
	void loginWhenRotationFailedAfterPasswordWasChangedKeepsPending() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		for (int day = 0; day < 7; day++) {
			login(10);
			this.clock.advance(Duration.ofDays(1));
		}
		assertThat(this.database.logins).hasSize(70);
		assertThat(this.database.refused).containsExactly("v1");
	}

	@Test
	void loginWhenRolledBackTakesVersionBefore() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		login(1);
		this.secret.finish();
		this.secret.snapshot = V2;
		login(1);
		this.secret.current = V1;
		this.database.accept(V1);
		login(2);
		assertThat(this.database.logins).containsExactly("v2", "v2", "v1", "v1");
		assertThat(this.database.refused).containsExactly("v1", "v2");
	}

	@Test
	void loginWhenDatabaseIsRolledBackBeforeSecretTakesPrevious() throws SQLException {
		this.secret.snapshot = V2;
		this.secret.current = V2;
		this.secret.previous = V1;
		this.database.accept(V1);
		login(2);
		assertThat(this.notes.taken).containsExactly("v1 instead of v2");
		assertThat(this.notes.retries).containsExactly(LoginRetryOutcome.PREVIOUS);
		this.secret.snapshot = V1;
		this.secret.current = V1;
		this.secret.previous = V2;
		login(2);
		assertThat(this.database.logins).containsExactly("v1", "v1", "v1", "v1");
		assertThat(this.database.refused).containsExactly("v2");
	}

	@Test
	void loginWhenSecretIsRolledBackBeforeDatabaseTakesPreviousUntilThen() throws SQLException {
		this.secret.previous = V2;
		this.database.accept(V2);
		login(2);
		this.database.accept(V1);
		this.clock.advance(RefusedLogins.FIRST_PAUSE);
		login(2);
		assertThat(this.database.logins).containsExactly("v2", "v2", "v1", "v1");
		assertThat(this.database.refused).containsExactly("v1", "v2");
	}

	@Test
	void loginWhenNothingIsTakenTriesPreviousOnceAMinute() {
		this.secret.snapshot = V2;
		this.secret.current = V2;
		this.secret.previous = V1;
		for (int second = 0; second < 60; second++) {
			assertRefused();
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.database.refused).containsExactly("v2", "v1", "v2", "v2", "v2");
		assertRefused();
		this.clock.advance(OtherVersions.LONGEST_PAUSE);
		assertRefused();
		assertThat(this.database.refused).endsWith("v1").hasSize(6);
	}

	@Test
	void loginWhenPasswordIsSetBackDuringRotationTakesSnapshotAgain() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		login(1);
		this.secret.pending = null;
		this.database.accept(V1);
		login(2);
		assertThat(this.database.logins).containsExactly("v2", "v1", "v1");
		assertThat(this.database.refused).containsExactly("v1", "v2");
	}

	@Test
	void loginWhenUserChangesTakesBothOfOneVersion() throws SQLException {
		Credentials other = FakeCredentials.version("app_clone", 2);
		this.secret.current = other;
		this.database.accept(other);
		login(1);
		assertThat(this.database.logins).containsExactly("v2");
	}

	@Test
	void loginWhenAccountIsLockedTriesNothingElse() {
		this.database.refusal = "99999";
		this.database.refusalCode = 28000;
		this.secret.pending = V2;
		this.database.accept(V2);
		LoginAttempts oracle = attempts("jdbc:oracle:thin:@//db:1521/orders", true);
		for (int i = 0; i < 4; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> oracle.login(this.database))
				.satisfies((ex) -> assertThat(ex.getErrorCode()).isEqualTo(28000));
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.database.refused).containsExactly("v1");
	}

	@Test
	void loginWhenAccountIsLockedTakesAnotherAccount() throws SQLException {
		this.database.refusalCode = 28000;
		Credentials other = FakeCredentials.version("app_clone", 2);
		LoginAttempts oracle = attempts("jdbc:oracle:thin:@//db:1521/orders", true);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> oracle.login(this.database));
		this.secret.snapshot = other;
		this.database.accept(other);
		oracle.login(this.database);
		assertThat(this.database.logins).containsExactly("v2");
	}

	@Test
	void loginWhenDatabaseIsDownPassesFailureThrough() {
		this.database.down = true;
		this.secret.pending = V2;
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08001"))
				.withNoCause();
		}
		assertNoCalls();
	}

	@Test
	void loginWhenDatabaseGoesDownDuringRotationRecovers() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		login(1);
		this.database.down = true;
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08001"));
		this.database.down = false;
		login(1);
		assertThat(this.database.logins).containsExactly("v2", "v2");
		assertThat(this.database.refused).containsExactly("v1");
	}

	@Test
	void loginWhenDatabaseGoesDownBeforePendingIsTriedSaysSoAndTakesItAfterwards() throws SQLException {
		this.secret.pending = V2;
		this.database.accept(V2);
		this.database.gate = () -> this.database.down = !this.database.refused.isEmpty();
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08001"));
		}
		assertThat(this.notes.taken).isEmpty();
		this.database.gate = () -> this.database.down = false;
		login(3);
		assertThat(this.database.refused).containsExactly("v1");
		assertThat(this.database.logins).containsExactly("v2", "v2", "v2");
		assertThat(this.secret.pendingCalls).hasValue(1);
		assertThat(this.notes.taken).containsExactly("v2");
		assertThat(this.notes.retries).containsExactly(LoginRetryOutcome.PENDING);
	}

	@ParameterizedTest
	@EnumSource(names = { "ACCESS_DENIED", "KMS_ACCESS_DENIED", "THROTTLED", "UNREACHABLE" })
	void loginWhenSecretCannotBeRetrievedInTheMiddleRecovers(Cause cause) throws SQLException {
		this.secret.failure = cause;
		this.secret.pending = V2;
		this.database.accept(V2);
		assertRefused();
		assertThat(this.notes.denied).isEqualTo(cause.name().endsWith("ACCESS_DENIED") ? 1 : 0);
		this.secret.failure = null;
		this.clock.advance(OtherVersions.FIRST_PAUSE);
		login(1);
		assertThat(this.database.refused).containsExactly("v1");
		assertThat(this.database.logins).containsExactly("v2");
	}

	@Test
	void loginWhenPendingComesLateFindsItSoon() throws SQLException {
		this.database.accept(V2);
		assertRefused();
		this.secret.pending = V2;
		assertRefused();
		this.clock.advance(OtherVersions.FIRST_PAUSE);
		login(1);
		assertThat(this.database.logins).containsExactly("v2");
		assertThat(this.secret.pendingCalls).hasValue(2);
	}

	@Test
	void loginWhenManyAreRefusedAtOnceSharesOneRetrieval() throws Exception {
		int threads = 8;
		this.secret.pending = V2;
		this.database.accept(V2);
		CyclicBarrier together = new CyclicBarrier(threads);
		ThreadLocal<Boolean> first = ThreadLocal.withInitial(() -> true);
		this.database.gate = () -> {
			if (first.get()) {
				first.set(false);
				await(together);
			}
		};
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> logins = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				logins.add(executor.submit(() -> this.attempts.login(this.database)));
			}
			for (Future<?> login : logins) {
				login.get(10, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.database.logins).hasSize(threads).containsOnly("v2");
		assertThat(this.secret.currentCalls).hasValue(1);
		assertThat(this.secret.pendingCalls).hasValue(1);
	}

	@Test
	void loginWhenSecretHasNoValueSaysSo() {
		this.secret.snapshot = null;
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
			.withMessage("The credentials of pool 'orders' have no value in the secrets");
	}

	@Test
	void loginWhenPausedSaysWhy() {
		assertRefused();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
			.withMessage("The database refused the credentials of pool 'orders' a short while ago, and the secret has "
					+ "no others")
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
	}

	@Test
	void otherVersionsWhenNothingIsTakenPauseTwiceAsLongEachTime() {
		OtherVersions others = new OtherVersions(this.secret, true, this.clock, this.notes);
		assertThat(others.look(V1)).isNotEmpty();
		for (Duration pause = OtherVersions.FIRST_PAUSE; pause.compareTo(OtherVersions.LONGEST_PAUSE) < 0; pause = pause
			.multipliedBy(2)) {
			assertLooksAgainAfter(pause, others);
		}
		assertLooksAgainAfter(OtherVersions.LONGEST_PAUSE, others);
		others.found();
		assertThat(others.look(V1)).isNotEmpty();
		assertLooksAgainAfter(OtherVersions.FIRST_PAUSE, others);
	}

	private void assertLooksAgainAfter(Duration pause, OtherVersions others) {
		this.clock.advance(pause.minusNanos(1));
		assertThat(others.look(V1)).as("shortly before %s", pause).isEmpty();
		this.clock.advance(Duration.ofNanos(1));
		assertThat(others.look(V1)).as("after %s", pause).isNotEmpty();
	}

	@Test
	void accountWhenItWasLockedBeforeALoginSucceededIsForgotten() {
		RefusedLogins refused = new RefusedLogins(this.clock);
		Credentials other = FakeCredentials.version("app_clone", 2);
		SQLException failure = new SQLException("refused");
		refused.add(V1, LoginFailure.LOCKED, failure);
		assertThat(refused.rules(V3)).isTrue();
		refused.clear();
		refused.add(other, LoginFailure.LOCKED, failure);
		assertThat(refused.rules(other)).isTrue();
		assertThat(refused.rules(V1)).isFalse();
		assertThat(refused.rules(V3)).isFalse();
	}

	private void login(int times) throws SQLException {
		for (int i = 0; i < times; i++) {
			assertThat(this.attempts.login(this.database)).isNotNull();
		}
	}

	private void assertRefused() {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.attempts.login(this.database))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
	}

	private void assertNoCalls() {
		assertThat(this.secret.currentCalls).hasValue(0);
		assertThat(this.secret.pendingCalls).hasValue(0);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Notes implements LoginListener {

		private final List<String> taken = new ArrayList<>();

		private final List<String> nothing = new ArrayList<>();

		private final List<LoginRetryOutcome> retries = new ArrayList<>();

		private int behind;

		private int denied;

		@Override
		public void taken(CredentialVersion version, @Nullable CredentialVersion refused) {
			this.taken.add(id(version) + ((refused != null) ? " instead of " + id(refused) : ""));
		}

		@Override
		public void nothingTaken(CredentialVersion version) {
			this.nothing.add(id(version));
		}

		@Override
		public void retried(LoginRetryOutcome outcome) {
			this.retries.add(outcome);
		}

		@Override
		public void snapshotIsBehind() {
			this.behind++;
		}

		@Override
		public void pendingDenied(List<RetrievalFailure> failures) {
			this.denied++;
		}

		private static String id(CredentialVersion version) {
			return String.join("", version.ids().values());
		}

	}

}
