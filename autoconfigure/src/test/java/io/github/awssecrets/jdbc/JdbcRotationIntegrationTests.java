package io.github.awssecrets.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.awssecrets.autoconfigure.SecretsJdbcAutoConfiguration;
import io.github.awssecrets.testing.JdbcFailure;
import io.github.awssecrets.testing.JdbcLoad;
import io.github.awssecrets.testing.PostgresDatabase;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of pools under load through rotations that go well.
 */
class JdbcRotationIntegrationTests extends AbstractJdbcLoadTests {

	private static final int ROTATIONS = Proof.JDBC_ROTATIONS.count();

	private static final int QUICK_ROTATIONS = Proof.JDBC_QUICK.count();

	/** Between the change of the password and the move of AWSCURRENT. */
	private static final Duration GAP = Duration.ofSeconds(Proof.JDBC_GAP.count());

	@Test
	void singleUserRotationsWhenUnderLoadFailNothing() throws Exception {
		rotate("single-user", references(), List.of("app"), (load) -> {
			load.pass(GAP);
			load.passLogins();
		}, List.of(true));
	}

	@Test
	void alternatingUsersRotationsWhenUnderLoadFailNothing() throws Exception {
		// A poll that is late: the password of the user that it still has is changed
		// before
		rotate("alternating-users", secretOfRds(), List.of("app_clone", "app"), JdbcLoad::passLogins,
				List.of(true, false, true, true));
	}

	private void rotate(String kind, TestApplication application, List<String> users, Gap gap, List<Boolean> polls)
			throws Exception {
		try (ConfigurableApplicationContext context = application.run()) {
			List<String> phases = new ArrayList<>();
			JdbcLoad load = load(context);
			int version = 1;
			try (load) {
				load.passLogins();
				for (int i = 0; i < ROTATIONS; i++) {
					phases.add(kind + " " + (i + 1));
					this.database.phase(phases.get(i));
					version = this.secret.prepare(users.get(i % users.size()));
					this.secret.set(version);
					gap.pass(load);
					this.secret.makeCurrent(version);
					load.passLogins();
					if (polls.get(i % polls.size())) {
						poll();
						load.passLogins();
					}
				}
			}
			Map<String, PostgresDatabase.Logins> logins = report(phases.get(0), kind + " " + ROTATIONS, load);
			assertNothingFailed(load);
			assertThat(logins).containsOnlyKeys(phases);
			// An idle pool would not notice anything
			assertThat(logins.values()).allSatisfy((phase) -> {
				assertThat(phase.taken()).hasSizeGreaterThan(10);
				assertThat(phase.refused()).hasSizeLessThanOrEqualTo(REFUSED_LOGINS);
			});
			for (int i = 0; i < ROTATIONS; i++) {
				PostgresDatabase.Logins phase = Objects.requireNonNull(logins.get(phases.get(i)));
				if (users.size() == 1) {
					assertThat(phase.refused()).as("the gap was felt").isNotEmpty();
				}
				else if (polls.get(i % polls.size())) {
					assertThat(phase.taken()).as("the other user came").contains(users.get(i % users.size()));
				}
			}
			assertThat(isCurrent(context, version)).as("the last poll has come").isTrue();
		}
	}

	@Test
	void quickRotationsWhenUnderLoadFailNothing() throws Exception {
		try (ConfigurableApplicationContext context = references().run()) {
			JdbcLoad load = load(context);
			try (load) {
				load.passLogins();
				this.database.phase("quick");
				for (int i = 0; i < QUICK_ROTATIONS; i++) {
					int version = this.secret.prepare("app");
					this.secret.set(version);
					this.secret.makeCurrent(version);
					load.passLogins(2);
					// Every other poll comes too late
					if (i % 2 == 0) {
						poll();
					}
				}
			}
			PostgresDatabase.Logins logins = report("quick", "quick " + QUICK_ROTATIONS, load).get("quick");
			assertNothingFailed(load);
			assertThat(logins.taken()).hasSizeGreaterThanOrEqualTo(QUICK_ROTATIONS);
			assertThat(logins.refused()).hasSizeLessThanOrEqualTo(REFUSED_LOGINS * QUICK_ROTATIONS);
		}
	}

	@Test
	void singleUserRotationWhenNotFollowedFails() throws Exception {
		try (ConfigurableApplicationContext context = references()
			.arguments("--spring.autoconfigure.exclude=" + SecretsJdbcAutoConfiguration.class.getName())
			.run()) {
			JdbcLoad load = load(context);
			try (load) {
				load.passLogins();
				int version = this.secret.prepare("app");
				this.secret.set(version);
				load.pass(GAP);
				this.secret.makeCurrent(version);
				poll();
			}
			assertThat(load.failures(JdbcFailure.Step.BORROW)).isNotEmpty();
			assertThat(load.transactions()).isPositive();
		}
	}

	@Test
	void alternatingUsersRotationsWhenNotFollowedFail() throws Exception {
		try (ConfigurableApplicationContext context = references()
			.arguments("--spring.autoconfigure.exclude=" + SecretsJdbcAutoConfiguration.class.getName())
			.run()) {
			JdbcLoad load = load(context);
			try (load) {
				load.passLogins();
				alternate("app_clone");
				load.passLogins();
				assertThat(load.failures()).as("the first user is still as it was").isEmpty();
				alternate("app");
				load.awaitFailedBorrow();
			}
			assertThat(load.failures(JdbcFailure.Step.BORROW)).isNotEmpty()
				.allSatisfy((failure) -> assertThat(failure.isRefused()).as(failure.toString()).isTrue());
		}
	}

	private void alternate(String user) throws Exception {
		int version = this.secret.prepare(user);
		this.secret.set(version);
		this.secret.makeCurrent(version);
		poll();
	}

	@FunctionalInterface
	private interface Gap {

		void pass(JdbcLoad load) throws Exception;

	}

}
