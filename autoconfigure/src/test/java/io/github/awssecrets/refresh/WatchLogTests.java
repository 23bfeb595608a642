package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link WatchLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WatchLogTests {

	private static final String DB = "prod/db";

	private static final String LINE = System.lineSeparator();

	private static final Duration LONG = Duration.ofMinutes(30);

	private final Simulation simulation = new Simulation(42);

	@Test
	void logWhenSecretRotatesLeavesItToThoseWhoApplyIt(CapturedOutput output) {
		start();
		this.simulation.secrets.rotate(DB, 2);
		this.simulation.time.advance(LONG);
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(2));
		assertThat(output).doesNotContain("INFO", "WARN");
	}

	@Test
	void logWhenVersionIsRejectedSaysSoOnce(CapturedOutput output) {
		start();
		this.simulation.secrets.rotate(DB, 2, Canary.json(DB, 2, "other"));
		this.simulation.time.advance(LONG);
		assertThat(output).containsOnlyOnce("WARN")
			.contains(
					"Secret prod/db: version 00000002 rejected, key 'password' is gone; version 00000001 stays in use");
	}

	@Test
	void logWhenSecretFailsSaysSoSeldomAndWhenItRecovers(CapturedOutput output) {
		start();
		this.simulation.secrets.fail(DB, Cause.ACCESS_DENIED);
		this.simulation.time.advance(LONG);
		this.simulation.secrets.fail(DB, Cause.SCHEDULED_FOR_DELETION);
		this.simulation.time.advance(LONG);
		this.simulation.secrets.repair(DB);
		this.simulation.time.advance(LONG);
		assertThat(output)
			.containsOnlyOnce("Secret prod/db: cannot be retrieved (access denied); version 00000001 stays in use")
			.containsOnlyOnce("Secret prod/db: gone (scheduled for deletion); version 00000001 stays in use")
			.containsOnlyOnce("Secret prod/db: can be retrieved again");
	}

	@Test
	void logWhenManySecretsFailIsOneLine(CapturedOutput output) {
		for (int i = 0; i < 10; i++) {
			this.simulation.secrets.rotate("prod/" + i, 1);
			this.simulation.use("prod/" + i, "password");
			this.simulation.secrets.fail("prod/" + i, Cause.THROTTLED);
		}
		start();
		this.simulation.secrets.fail(DB, Cause.THROTTLED);
		this.simulation.time.advance(LONG);
		assertThat(output).containsOnlyOnce("WARN")
			.contains(
					"11 secrets cannot be retrieved (throttled), what is in use stays: prod/0, prod/1, prod/2 and 8 more");
	}

	@Test
	void logWhenApplyingFailsOrHangsSaysSo(CapturedOutput output) {
		start();
		this.simulation.applier = (changes) -> {
			this.simulation.applier = (more) -> this.simulation.time.spend(VirtualTime.FOREVER);
			throw new IllegalStateException(Canary.value(DB, 1));
		};
		this.simulation.secrets.rotate(DB, 2);
		this.simulation.time.advance(LONG);
		assertThat(output)
			.containsOnlyOnce(
					"Changes of secrets (1) were not applied: java.lang.IllegalStateException; next attempt in 1 s")
			.containsOnlyOnce("Applying changes of secrets has taken 30 s and is not done; polling goes on");
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void logWhenPollFailsSaysSoOnce(CapturedOutput output) {
		start();
		this.simulation.secrets.thrown = new OutOfMemoryError(Canary.value(DB, 1));
		this.simulation.time.advance(LONG);
		assertThat(output).containsOnlyOnce("WARN")
			.contains(
					"Secrets could not be polled: java.lang.OutOfMemoryError; what is in use stays, and polling goes on");
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void logWhenThreeSecretsFailOrRecoverNamesThemAll(CapturedOutput output) {
		List<SecretStatus> three = List.of(status("a", Cause.THROTTLED), status("b", Cause.THROTTLED),
				status("c", Cause.THROTTLED));
		new WatchLog().failing(three);
		new WatchLog().recovered(three);
		assertThat(output)
			.containsOnlyOnce("3 secrets cannot be retrieved (throttled), what is in use stays: a, b, c" + LINE)
			.containsOnlyOnce("3 secrets can be retrieved again: a, b, c" + LINE);
	}

	@Test
	void logWhenASecretHasNoFailureLeavesItOut(CapturedOutput output) {
		new WatchLog().failing(List.of(status("a", null), status("b", Cause.ACCESS_DENIED)));
		assertThat(output).containsOnlyOnce("WARN")
			.contains("Secret b: cannot be retrieved (access denied); there is no version to use");
		assertThat(WatchLog.words(RetrievalFailure.of(Cause.TIMED_OUT, new SecretId(DB), null))).isEqualTo("timed out");
	}

	@Test
	void logWhenAcceptedAtDebugNamesTheVersionOrItsAbsence(CapturedOutput output) {
		SecretSelector db = SecretSelector.current(new SecretId(DB));
		RetrievalFailure absent = RetrievalFailure.of(Cause.NOT_FOUND, db.id(), null);
		Logger logger = (Logger) LoggerFactory.getLogger(SecretsWatcher.class);
		logger.setLevel(Level.DEBUG);
		try {
			new WatchLog().accepted(db,
					new SecretChange(absent, SimulatedSecrets.version(DB, 1, SecretContent.ofText(""))));
			new WatchLog().accepted(db, new SecretChange(null, absent));
		}
		finally {
			logger.setLevel(null);
		}
		assertThat(output).containsOnlyOnce("Secret prod/db: version 00000001 accepted")
			.containsOnlyOnce("Secret prod/db: its absence accepted");
	}

	private static SecretStatus status(String name, @Nullable Cause cause) {
		SecretSelector selector = SecretSelector.current(new SecretId(name));
		return new SecretStatus(selector, SecretState.FAILING, null, null, null, null,
				(cause != null) ? RetrievalFailure.of(cause, selector.id(), null) : null, null, null, null, null, null,
				null);
	}

	@Test
	void describeWhenStageOrVersionWasAskedForNamesIt() {
		assertThat(WatchedSecret.describe(new SecretSelector(new SecretId(DB), null, "AWSPREVIOUS", null)))
			.isEqualTo("prod/db (AWSPREVIOUS)");
		assertThat(WatchedSecret.describe(new SecretSelector(new SecretId(DB), null, null, SimulatedSecrets.id(1))))
			.isEqualTo("prod/db (version 00000001)");
		assertThat(new WatchedSecret(SecretSelector.current(new SecretId(DB)), Set.of(), false).keys()).isEmpty();
	}

	private void start() {
		this.simulation.secrets.rotate(DB, 1);
		this.simulation.use(DB, "password");
		this.simulation.watcher.start();
	}

}
