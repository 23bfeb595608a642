package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proofs in virtual time that one secret that fails among twenty neither loses its value
 * nor holds up the others.
 */
@ExtendWith(QuietLog.class)
class FailingSecretProofTests {

	private static final int OTHERS = 19;

	private static final String BAD = "prod/bad";

	private final long seed = Long.getLong("seed", new SplittableRandom().nextLong());

	private final SplittableRandom random = new SplittableRandom(this.seed);

	private final Simulation simulation = new Simulation(this.seed);

	private int version = 1;

	FailingSecretProofTests() {
		for (int i = 0; i < OTHERS; i++) {
			this.simulation.secrets.rotate("prod/" + i, 1);
			this.simulation.use("prod/" + i, "password");
		}
		this.simulation.secrets.rotate(BAD, 1);
		this.simulation.use(BAD, "password");
		this.simulation.watcher.start();
		this.simulation.time.advance(Duration.ofMillis(this.random.nextInt(200_000)));
	}

	@ParameterizedTest
	@EnumSource(value = Cause.class,
			names = { "THROTTLED", "ACCESS_DENIED", "KMS_ACCESS_DENIED", "DECRYPTION_FAILED", "SERVER_ERROR",
					"CONNECTION_LOST", "UNREACHABLE", "MALFORMED_ANSWER", "NO_VALUE", "TIMED_OUT",
					"SCHEDULED_FOR_DELETION", "NOT_FOUND" })
	void oneSecretWhenItFailsKeepsItsValueAndHoldsUpNobody(Cause cause) {
		this.simulation.secrets.fail(BAD, cause);
		// The poll that meets the fault may take one deadline longer, once
		rotateOthers(Simulation.VISIBLE.plus(Polls.TIMEOUT));
		for (int i = 0; i < 20; i++) {
			rotateOthers(Simulation.VISIBLE);
			assertThat(this.simulation.inUse(BAD)).as(seed()).isEqualTo(SimulatedSecrets.id(1));
		}
		SecretState state = (cause == Cause.SCHEDULED_FOR_DELETION || cause == Cause.NOT_FOUND) ? SecretState.GONE
				: SecretState.FAILING;
		assertThat(this.simulation.status(BAD).state()).isEqualTo(state);
		assertThat(this.simulation.status(BAD).failure().cause()).isEqualTo(cause);
		assertThat(this.simulation.recorder.count("failing")).isOne();
		this.simulation.secrets.rotate(BAD, 1_000);
		this.simulation.secrets.repair(BAD);
		assertThat(this.simulation.sees(BAD, 1_000, Simulation.VISIBLE)).as(seed()).isTrue();
		assertThat(this.simulation.recorder.count("recovered")).isOne();
		this.simulation.time.advance(Duration.ofSeconds(1));
		assertThat(this.simulation.status(BAD).state()).isEqualTo(SecretState.CURRENT);
		assertThat(this.simulation.recorder.count("notApplied")).isZero();
	}

	@Test
	void oneSecretWhenRotatedToBrokenJsonKeepsItsValueAndHoldsUpNobody() {
		assertRejected("{\"password\":", "it is not valid JSON: ");
	}

	@Test
	void oneSecretWhenRotatedWithoutAKeyKeepsItsValueAndHoldsUpNobody() {
		assertRejected(Canary.json(BAD, 666, "other"), "key 'password' is gone");
	}

	@Test
	void oneSecretWhenRotatedToNothingKeepsItsValueAndHoldsUpNobody() {
		assertRejected("", "it is empty");
	}

	private void assertRejected(String text, String reason) {
		this.simulation.secrets.rotate(BAD, 666, text);
		for (int i = 0; i < 20; i++) {
			rotateOthers(Simulation.VISIBLE);
			assertThat(this.simulation.inUse(BAD)).as(seed()).isEqualTo(SimulatedSecrets.id(1));
		}
		SecretStatus status = this.simulation.status(BAD);
		assertThat(status.state()).isEqualTo(SecretState.REJECTED);
		assertThat(status.rejectedVersionId()).isEqualTo(SimulatedSecrets.id(666));
		assertThat(status.reason()).startsWith(reason);
		assertThat(this.simulation.recorder.count("rejected")).isOne();
		this.simulation.secrets.rotate(BAD, 1_000);
		assertThat(this.simulation.sees(BAD, 1_000, Simulation.VISIBLE)).as(seed()).isTrue();
		assertThat(this.simulation.status(BAD).reason()).isNull();
	}

	@Test
	void allSecretsWhenThrottledAreAskedForInBatchesAndRecoverInTime() {
		for (int i = 0; i < OTHERS; i++) {
			this.simulation.secrets.fail("prod/" + i, Cause.THROTTLED);
		}
		this.simulation.secrets.fail(BAD, Cause.THROTTLED);
		long calls = this.simulation.secrets.calls;
		this.simulation.time.advance(Duration.ofMinutes(10));
		assertThat(this.simulation.secrets.calls - calls).as(seed()).isBetween(9L, 13L);
		for (int i = 0; i < OTHERS; i++) {
			this.simulation.secrets.repair("prod/" + i);
		}
		this.simulation.secrets.repair(BAD);
		this.simulation.secrets.rotate(BAD, 2);
		assertThat(this.simulation.sees(BAD, 2, Simulation.VISIBLE.plus(Polls.TIMEOUT))).as(seed()).isTrue();
	}

	@Test
	void someSecretsWhenThrottledAreAskedForTogether() {
		for (int i = 0; i < 10; i++) {
			this.simulation.secrets.fail("prod/" + i, Cause.THROTTLED);
		}
		this.simulation.time.advance(Duration.ofMinutes(3));
		this.simulation.secrets.retrievals.clear();
		this.simulation.time.advance(Duration.ofMinutes(10));
		assertThat(this.simulation.secrets.retrievals).as(seed()).allMatch((asked) -> asked.size() == 10);
	}

	@Test
	void twoSecretsWhenBothHangDoNotWaitForEachOther() {
		this.simulation.secrets.fail(BAD, Cause.TIMED_OUT);
		this.simulation.secrets.fail("prod/0", Cause.TIMED_OUT);
		this.simulation.time.advance(Duration.ofMinutes(10));
		this.simulation.secrets.rotate(BAD, 2);
		this.simulation.secrets.repair(BAD);
		assertThat(this.simulation.sees(BAD, 2, Simulation.VISIBLE)).as(seed()).isTrue();
		assertThat(this.simulation.status("prod/0").state()).isEqualTo(SecretState.FAILING);
	}

	@Test
	void oneSecretWhenALateFailureArrivesAfterAnAnswerStaysCurrent() {
		this.simulation.secrets.fail(BAD, Cause.TIMED_OUT);
		this.simulation.time.advance(Duration.ofMinutes(10));
		this.simulation.secrets.retrievals.clear();
		this.simulation.time.advanceUntil(
				() -> this.simulation.secrets.retrievals.contains(Set.of(SimulatedSecrets.selector(BAD))),
				Duration.ofMinutes(10));
		this.simulation.secrets.repair(BAD);
		this.simulation.secrets.rotate(BAD, 2);
		this.simulation.time.advance(Duration.ofSeconds(1));
		CompletableFuture<PollReport> report = this.simulation.watcher.requestPoll();
		this.simulation.time.advanceUntil(report::isDone, Polls.TIMEOUT);
		this.simulation.applyStaged();
		assertThat(this.simulation.status(BAD).state()).as(seed()).isEqualTo(SecretState.CURRENT);
		this.simulation.time.advance(Polls.TIMEOUT.multipliedBy(2));
		assertThat(this.simulation.status(BAD).state()).as(seed()).isEqualTo(SecretState.CURRENT);
		assertThat(this.simulation.recorder.count("failing")).isOne();
	}

	private void rotateOthers(Duration within) {
		this.version++;
		for (int i = 0; i < OTHERS; i++) {
			this.simulation.secrets.rotate("prod/" + i, this.version);
		}
		for (int i = 0; i < OTHERS; i++) {
			assertThat(this.simulation.sees("prod/" + i, this.version, (i == 0) ? within : Duration.ZERO))
				.as("%s, prod/%d", seed(), i)
				.isTrue();
		}
		this.simulation.time.advance(Duration.ofMillis(this.random.nextInt(60_000)));
	}

	private String seed() {
		return "-Dseed=" + this.seed;
	}

}
