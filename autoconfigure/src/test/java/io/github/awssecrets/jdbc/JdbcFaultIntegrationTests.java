package io.github.awssecrets.jdbc;

import java.time.Duration;
import java.util.Collection;

import io.github.awssecrets.testing.JdbcFailure;
import io.github.awssecrets.testing.JdbcLoad;
import io.github.awssecrets.testing.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of pools under load through rotations in which something goes wrong. Whatever it
 * is, logins succeed in the end, without a restart.
 */
class JdbcFaultIntegrationTests extends AbstractJdbcLoadTests {

	private static final String DENIED = "{\"Statement\":[]}";

	/** Enough to have met each state of the database. */
	private static final int LOGINS = 5;

	@AfterEach
	void allow() {
		server.removePolicy();
	}

	@Test
	void rollbackWhenDatabaseComesFirstFailsNothing() throws Exception {
		JdbcLoad load = underLoad("rollback of the database first", (running) -> {
			rotate(running.load());
			this.database.phase("back");
			this.secret.set(1);
			running.load().passLogins(LOGINS);
			this.secret.makeCurrent(1);
			running.load().passLogins(LOGINS);
			poll();
			assertThat(isCurrent(running.context(), 1)).isTrue();
		});
		assertNothingFailed(load);
	}

	@Test
	void rollbackWhenSecretComesFirstFailsNothing() throws Exception {
		JdbcLoad load = underLoad("rollback of the secret first", (running) -> {
			rotate(running.load());
			this.database.phase("back");
			this.secret.makeCurrent(1);
			poll();
			assertThat(isCurrent(running.context(), 1)).isTrue();
			running.load().passLogins(LOGINS);
			this.secret.set(1);
		});
		assertNothingFailed(load);
	}

	@Test
	void rotationWhenItFailsAtTestSecretFailsNothingUntilTheNextSucceeds() throws Exception {
		JdbcLoad load = underLoad("failed at testSecret", (running) -> {
			this.secret.set(this.secret.prepare("app"));
			for (int i = 0; i < 3; i++) {
				running.load().passLogins(LOGINS);
				poll();
			}
			assertThat(isCurrent(running.context(), 1)).isTrue();
			this.database.phase("next");
			rotate(running.load());
			assertThat(isCurrent(running.context(), 3)).isTrue();
		});
		assertNothingFailed(load);
	}

	@Test
	void rotationWhenPendingOfLastWeekWasAbandonedFailsNothing() throws Exception {
		this.secret.prepare("app");
		JdbcLoad load = underLoad("abandoned AWSPENDING", (running) -> {
			this.secret.changeByHand("app");
			running.load().passLogins(LOGINS);
			poll();
			running.load().passLogins(LOGINS);
			this.database.phase("next");
			rotate(running.load());
		});
		assertNothingFailed(load);
	}

	@Test
	void rotationWhenSecretIsDeniedAfterPendingWasFoundFailsNothing() throws Exception {
		JdbcLoad load = underLoad("denied after pending was found", (running) -> {
			int version = this.secret.prepare("app");
			this.secret.set(version);
			running.load().passLogins(LOGINS);
			server.policy(DENIED);
			poll();
			this.secret.makeCurrent(version);
			running.load().passLogins(LOGINS);
			poll();
			running.load().passLogins(LOGINS);
			assertThat(isCurrent(running.context(), 1)).isTrue();
			server.removePolicy();
			this.time.advanceUntil(() -> isCurrent(running.context(), version), Duration.ofHours(1));
			assertThat(isCurrent(running.context(), version)).isTrue();
		});
		assertNothingFailed(load);
	}

	@Test
	void rotationWhenSecretIsDeniedBeforeFailsOnlyWhatDatabaseRefuses() throws Exception {
		JdbcLoad load = underLoad("denied before", (running) -> {
			server.policy(DENIED);
			int version = this.secret.prepare("app");
			this.secret.set(version);
			running.load().awaitFailedBorrow();
			server.removePolicy();
			running.load().passLogins(LOGINS);
			this.secret.makeCurrent(version);
			poll();
		});
		// Nobody could know the new password
		assertThat(load.failures()).isNotEmpty().allSatisfy((failure) -> {
			assertThat(failure.step()).isEqualTo(JdbcFailure.Step.BORROW);
			assertThat(failure.isRefused()).as(failure.toString()).isTrue();
		});
		assertThat(this.database.count("load")).isEqualTo(load.transactions());
	}

	@Test
	void rotationWhenDatabaseGoesDownFailsOnlyUntilItIsBack() throws Exception {
		JdbcLoad load = underLoad("database down", (running) -> {
			int version = this.secret.prepare("app");
			this.secret.set(version);
			this.database.goDown();
			running.load().awaitFailedBorrow();
			this.database.comeBack();
			running.load().passLogins(LOGINS);
			this.secret.makeCurrent(version);
			running.load().passLogins(LOGINS);
			poll();
		});
		assertThat(load.failures(JdbcFailure.Step.BORROW)).isNotEmpty();
		assertThat(load.failures())
			.allSatisfy((failure) -> assertThat(failure.isDisconnected()).as(failure.toString()).isTrue());
	}

	@Test
	void rotationWhenDatabaseEndsSessionsFailsOnlyTheirStatements() throws Exception {
		int[] ended = new int[1];
		JdbcLoad load = underLoad("sessions terminated", (running) -> {
			int version = this.secret.prepare("app");
			this.secret.set(version);
			running.load().passLogins(LOGINS);
			ended[0] = this.database.terminateSessions();
			running.load().passLogins(LOGINS);
			this.secret.makeCurrent(version);
			ended[0] += this.database.terminateSessions();
			running.load().passLogins(LOGINS);
			poll();
		});
		assertThat(ended[0]).isPositive();
		assertThat(load.failures(JdbcFailure.Step.BORROW)).isEmpty();
		// Each session that was ended can fail one transaction
		assertThat(load.failures()).hasSizeLessThanOrEqualTo(ended[0])
			.allSatisfy((failure) -> assertThat(failure.isDisconnected()).as(failure.toString()).isTrue());
	}

	/**
	 * Do something under load, and have it end with logins that succeed. If it is more
	 * than one rotation, it says where each other begins.
	 */
	private JdbcLoad underLoad(String name, Steps steps) throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			JdbcLoad load = load(context);
			try (load) {
				load.passLogins(LOGINS);
				this.database.phase(name);
				steps.run(new Running(context, load));
				load.passLogins(LOGINS);
				int failures = load.failures().size();
				load.passLogins(LOGINS);
				assertThat(load.failures()).as("after recovery").hasSize(failures);
			}
			Collection<PostgresDatabase.Logins> phases = report(name, name, load).values();
			assertThat(phases).flatExtracting(PostgresDatabase.Logins::taken)
				.hasSizeGreaterThanOrEqualTo(2 * LOGINS * phases.size());
			assertThat(phases).flatExtracting(PostgresDatabase.Logins::refused).isNotEmpty();
			assertThat(phases)
				.allSatisfy((phase) -> assertThat(phase.refused()).hasSizeLessThanOrEqualTo(REFUSED_LOGINS));
			return load;
		}
	}

	private void rotate(JdbcLoad load) throws Exception {
		int version = this.secret.prepare("app");
		this.secret.set(version);
		load.passLogins(LOGINS);
		this.secret.makeCurrent(version);
		load.passLogins(LOGINS);
		poll();
		load.passLogins(LOGINS);
	}

	@FunctionalInterface
	private interface Steps {

		void run(Running running) throws Exception;

	}

	private record Running(ConfigurableApplicationContext context, JdbcLoad load) {
	}

}
