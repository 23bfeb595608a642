package io.github.awssecrets.refresh;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.VirtualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SecretsWatcher} in virtual time.
 */
class SecretsWatcherTests {

	private static final String DB = "prod/db";

	private static final Duration LONG = Duration.ofMinutes(10);

	private final Simulation simulation = new Simulation(42);

	private final SecretsWatcher watcher = this.simulation.watcher;

	private final VirtualTime time = this.simulation.time;

	SecretsWatcherTests() {
		this.simulation.secrets.rotate(DB, 1);
	}

	@Test
	void startWhenNothingIsInUseIsIdleUntilUsesChange() {
		this.watcher.start();
		this.time.advance(Duration.ZERO);
		assertThat(this.time.isQuiet()).isTrue();
		assertThat(this.watcher.status().idle()).isTrue();
		assertThat(this.watcher.status().nextPoll()).isNull();
		this.simulation.use(DB, "password");
		this.watcher.usesChanged();
		assertThat(this.watcher.status().idle()).isFalse();
		this.simulation.secrets.rotate(DB, 2);
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		this.simulation.uses.clear();
		this.time.advance(LONG);
		assertThat(this.time.isQuiet()).isTrue();
	}

	@Test
	void startWhenOnlyPinnedVersionsAreInUseIsIdle() {
		SecretSelector pinned = new SecretSelector(new SecretId(DB), null, null, SimulatedSecrets.id(1));
		this.simulation.use(new WatchedSecret(pinned, Set.of(), false));
		this.watcher.start();
		this.time.advance(LONG);
		assertThat(this.simulation.secrets.count).isOne();
	}

	@Test
	void startWhenPinnedVersionFailedAtStartPollsUntilItAnswers() {
		SecretSelector pinned = new SecretSelector(new SecretId(DB), null, null, SimulatedSecrets.id(1));
		this.simulation.secrets.fail(DB, Cause.SERVER_ERROR);
		this.simulation.use(new WatchedSecret(pinned, Set.of(), false));
		this.simulation.secrets.repair(DB);
		this.watcher.start();
		this.time.advance(LONG);
		assertThat(this.simulation.snapshots.current().outcome(pinned)).isInstanceOf(SecretVersion.class);
		assertThat(this.time.isQuiet()).isTrue();
	}

	@Test
	void startWhenDisabledDoesNothing() {
		Simulation disabled = new Simulation(42, new WatchSettings(false, Simulation.INTERVAL, 0));
		disabled.secrets.rotate(DB, 1);
		disabled.use(DB, "password").watcher.start();
		disabled.time.advance(LONG);
		assertThat(disabled.secrets.count).isOne();
		assertThat(disabled.watcher.isRunning()).isFalse();
	}

	@Test
	void stopAndStartWhenRepeatedWatchAgain() {
		this.simulation.use(DB, "password");
		for (int version = 2; version < 50; version++) {
			this.watcher.start();
			this.simulation.secrets.rotate(DB, version);
			assertThat(this.simulation.sees(DB, version, Simulation.VISIBLE)).isTrue();
			this.watcher.stop();
			this.time.advance(LONG);
			assertThat(this.time.isQuiet()).isTrue();
			assertThat(this.watcher.status().nextPoll()).isNull();
		}
	}

	@Test
	void stopWhenPollIsUnderWayIgnoresItsOutcome() {
		start();
		this.simulation.secrets.rotate(DB, 2);
		this.time.advanceUntil(() -> this.simulation.secrets.count == 2, LONG);
		assertThat(this.time.threads()).isOne();
		this.watcher.stop();
		this.time.advance(LONG);
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(1));
		assertThat(this.time.threads()).isZero();
		this.watcher.start();
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
	}

	@Test
	void pollsWhenProcessWasSuspendedAreNotMadeUpFor() {
		start();
		this.time.advance(LONG);
		long before = this.simulation.secrets.count;
		this.time.suspend(Duration.ofDays(3));
		this.time.advance(Duration.ofSeconds(47));
		assertThat(this.simulation.secrets.count - before).isOne();
		this.simulation.secrets.rotate(DB, 2);
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
	}

	@Test
	void pollsWhenSlowerThanTheIntervalNeverOverlap() {
		Simulation fast = new Simulation(42, new WatchSettings(true, Duration.ofSeconds(1), 0.2));
		fast.secrets.rotate(DB, 1);
		fast.use(DB, "password").watcher.start();
		fast.secrets.fail(DB, Cause.TIMED_OUT);
		for (int i = 0; i < 1_000; i++) {
			fast.time.advance(Duration.ofMillis(100));
			assertThat(fast.time.threads()).isLessThanOrEqualTo(1);
		}
		assertThat(fast.secrets.count).isBetween(10L, 13L);
	}

	@Test
	void pollWhenRetrievalThrowsOutOfMemoryErrorIsFollowedByOthers() {
		start();
		this.simulation.secrets.thrown = new OutOfMemoryError();
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(this.watcher.status().pollError()).isEqualTo("java.lang.OutOfMemoryError");
		assertThat(this.simulation.recorder.events).containsExactly("pollFailed OutOfMemoryError");
		this.simulation.secrets.thrown = null;
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		assertThat(this.watcher.status().pollError()).isNull();
	}

	@Test
	void pollWhenItFailsAsAWholeTellsListenersEachTime() {
		List<PollReport> reports = new ArrayList<>();
		Simulation told = telling(reports);
		told.secrets.rotate(DB, 1);
		told.use(DB, "password").watcher.start();
		told.secrets.thrown = new OutOfMemoryError();
		told.time.advance(LONG);
		assertThat(reports).hasSizeBetween(9, 10)
			.extracting(PollReport::error)
			.containsOnly("java.lang.OutOfMemoryError");
		assertThat(told.recorder.count("pollFailed")).isOne();
	}

	@Test
	void pollWhenSecretHasTwoSpellingsNeedsNoConfirmation() {
		SecretSelector arn = SecretSelector
			.current(new SecretId("arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf"));
		this.simulation.use(new WatchedSecret(arn, Set.of(new KeySelector.Exact("password")), false));
		start();
		this.simulation.secrets.rotate(DB, 2);
		PollReport polled = poll();
		assertThat(polled.accepted()).containsOnlyKeys(SimulatedSecrets.selector(DB), arn);
		assertThat(polled.unconfirmed()).isEmpty();
	}

	@Test
	void pollWhenSecretWasCreatedAnewAndAnswerIsThatOfBeforeNeedsConfirmation() {
		start();
		SecretVersion before = this.simulation.secrets.lastAnswer;
		this.simulation.secrets.rotate(DB, new SecretVersion(before.arn().replace("AbCdEf", "GhIjKl"), DB,
				before.region(), SimulatedSecrets.id(2), Set.of("AWSCURRENT"), before.content(), null, Instant.EPOCH));
		assertThat(poll().accepted()).hasSize(1);
		this.simulation.applyStaged();
		this.simulation.secrets.answerOnce(DB, before);
		CompletableFuture<PollReport> stale = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(stale).isNotDone();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(stale.getNow(null).accepted()).isEmpty();
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(2));
	}

	@Test
	void statusWhenSecretIsPolledApartHasItsOwnNextPoll() {
		this.simulation.secrets.rotate("prod/slow", 1);
		this.simulation.use("prod/slow", "password");
		start();
		assertThat(this.simulation.status(DB).polled()).isNull();
		assertThat(this.simulation.status(DB).outcome()).isNull();
		this.simulation.secrets.fail("prod/slow", Cause.TIMED_OUT);
		this.time.advance(LONG);
		SecretStatus slow = this.simulation.status("prod/slow");
		SecretStatus db = this.simulation.status(DB);
		assertThat(slow.outcome()).isEqualTo(PollOutcome.FAILED);
		assertThat(db.outcome()).isEqualTo(PollOutcome.UNCHANGED);
		assertThat(db.nextPoll()).isEqualTo(this.watcher.status().nextPoll());
		assertThat(slow.nextPoll()).isNotEqualTo(db.nextPoll())
			.isBetween(this.time.now(), this.time.now().plus(Simulation.INTERVAL));
		assertThat(slow.polled()).isBetween(this.time.now().minus(Duration.ofSeconds(71)), this.time.now());
		this.watcher.stop();
		assertThat(this.simulation.status("prod/slow").nextPoll()).isNull();
	}

	@Test
	void statusWhenPolledHasWhatThePollFound() {
		start();
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(Simulation.VISIBLE);
		assertThat(this.simulation.status(DB).outcome()).isEqualTo(PollOutcome.ACCEPTED);
		this.simulation.secrets.rotate(DB, 3, "{}");
		this.time.advance(Simulation.VISIBLE);
		assertThat(this.simulation.status(DB).outcome()).isEqualTo(PollOutcome.REJECTED);
		this.simulation.secrets.fail(DB, Cause.NOT_FOUND);
		this.time.advance(Simulation.VISIBLE);
		assertThat(this.simulation.status(DB).outcome()).isEqualTo(PollOutcome.GONE);
	}

	@Test
	void confirmationWhenRetrievalThrowsIsTriedAgainWithPauses() {
		start();
		SecretVersion one = (SecretVersion) this.simulation.snapshots.outcome(SimulatedSecrets.selector(DB));
		this.simulation.secrets.rotate(DB, 2);
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		this.simulation.secrets.rotate(DB, one);
		this.time.advanceUntil(() -> one.equals(this.simulation.secrets.lastAnswer), Simulation.VISIBLE);
		this.simulation.secrets.thrown = new OutOfMemoryError();
		long before = this.simulation.secrets.count;
		this.time.advance(Duration.ofSeconds(60));
		assertThat(this.simulation.secrets.count - before).isBetween(28L, 32L);
		this.simulation.secrets.thrown = null;
		assertThat(this.simulation.sees(DB, 1, Duration.ofSeconds(4))).isTrue();
	}

	@Test
	void pollWhenThreadCannotBeStartedIsFollowedByOthers() {
		start();
		this.time.failStarts(20);
		this.simulation.secrets.rotate(DB, 2);
		this.time.advanceUntil(() -> this.time.failingStarts() == 0, Duration.ofHours(1));
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE.plusSeconds(1))).isTrue();
	}

	@Test
	void pollWhenRetrievalNeverReturnsIsGivenUp() {
		start();
		this.simulation.secrets.hangs = true;
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(this.watcher.status().pollError()).isEqualTo("java.util.concurrent.TimeoutException");
		this.simulation.secrets.hangs = false;
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE.plusSeconds(30))).isTrue();
	}

	@Test
	void pollWhenUsesCannotBeToldIsFollowedByOthers() {
		start();
		this.simulation.usesFailure = new StackOverflowError();
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(this.watcher.status().pollError()).isEqualTo("java.lang.StackOverflowError");
		this.simulation.usesFailure = null;
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
	}

	@Test
	void listenerWhenItThrowsHarmsNobody() {
		Simulation throwing = new Simulation(42, new WatchSettings(true, Simulation.INTERVAL, 0.2),
				new WatchListener() {

					@Override
					public void polled(PollReport report) {
						throw new OutOfMemoryError();
					}

					@Override
					public void accepted(SecretSelector secret, SecretChange change) {
						throw new IllegalStateException();
					}

				});
		throwing.secrets.rotate(DB, 1);
		throwing.use(DB, "password").watcher.start();
		for (int version = 2; version < 20; version++) {
			throwing.secrets.rotate(DB, version);
			assertThat(throwing.sees(DB, version, Simulation.VISIBLE)).isTrue();
		}
		assertThat(throwing.recorder.count("accepted")).isEqualTo(18);
	}

	@Test
	void applyWhenItHangsIsReportedOnceWhilePollingGoesOn() {
		start();
		this.simulation.applier = (changes) -> {
			this.simulation.applications++;
			this.time.spend(VirtualTime.FOREVER);
		};
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		long polls = this.watcher.status().polls();
		this.simulation.secrets.rotate(DB, 3);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.watcher.status().polls() - polls).isGreaterThan(59);
		assertThat(this.simulation.applications).isOne();
		assertThat(this.simulation.recorder.count("applyHangs")).isOne();
		assertThat(this.watcher.status().applyingSince()).isNotNull();
		assertThat(this.watcher.pending().get(SimulatedSecrets.selector(DB)).newVersionId())
			.isEqualTo(SimulatedSecrets.id(3));
		assertThat(this.simulation.status(DB).state()).isEqualTo(SecretState.PENDING);
		this.watcher.stop();
		this.simulation.applier = this.simulation::apply;
		this.watcher.start();
		assertThat(this.simulation.sees(DB, 3, Simulation.VISIBLE)).isTrue();
	}

	@Test
	void applyWhenNotAcknowledgedIsTriedAgainWithPausesUpToTheInterval() {
		start();
		List<Long> attempts = new ArrayList<>();
		this.simulation.applier = (changes) -> {
			attempts.add(this.time.elapsed());
			if (attempts.size() > 20) {
				this.simulation.apply(changes);
			}
			else if (attempts.size() % 2 == 0) {
				throw new IllegalStateException();
			}
		};
		this.simulation.secrets.rotate(DB, 2);
		assertThat(this.simulation.sees(DB, 2, Duration.ofHours(1))).isTrue();
		for (int i = 1; i < attempts.size(); i++) {
			assertThat(Duration.ofNanos(attempts.get(i) - attempts.get(i - 1)))
				.isBetween(Duration.ofMillis((i < 7) ? 400L << (i - 1) : 30_000), Simulation.INTERVAL);
		}
		this.time.advance(LONG);
		assertThat(attempts).hasSize(21);
		assertThat(this.watcher.pending()).isEmpty();
	}

	@Test
	void applyWhenAnAttemptFailedAfterPromotionHandsOverTheSameChangesAgain() {
		start();
		List<Map<SecretSelector, SecretChange>> handedOver = new ArrayList<>();
		this.simulation.applier = (changes) -> {
			handedOver.add(changes);
			if (handedOver.size() == 1) {
				this.watcher.promote(this.simulation.snapshots.staged());
				throw new IllegalStateException();
			}
			this.simulation.apply(changes);
		};
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(handedOver).hasSize(2);
		assertThat(handedOver.get(1)).isEqualTo(handedOver.get(0));
		assertThat(this.watcher.pending()).isEmpty();
	}

	@Test
	void applyWhenSecretGoesBackBeforeItIsAppliedIsNotCalledAgain() {
		start();
		this.simulation.applier = (changes) -> this.simulation.applications++;
		SecretVersion one = (SecretVersion) this.simulation.snapshots.outcome(SimulatedSecrets.selector(DB));
		this.simulation.secrets.rotate(DB, 2);
		this.time.advanceUntil(() -> this.simulation.applications == 1, LONG);
		this.simulation.secrets.rotate(DB, one);
		this.time.advance(Simulation.INTERVAL.plusSeconds(10));
		long before = this.simulation.applications;
		this.time.advance(LONG);
		assertThat(this.simulation.applications).isEqualTo(before);
		assertThat(this.watcher.pending()).isEmpty();
	}

	@Test
	void rejectWhenStagedKeepsTheVersionAndIsNotAcceptedAgainUntilAskedFor() {
		start();
		this.simulation.applier = (changes) -> {
			this.simulation.applications++;
			this.watcher.reject(Map.of(SimulatedSecrets.selector(DB), "property 'db.port' is not a number"));
		};
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(this.simulation.applications).isOne();
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(1));
		assertThat(this.simulation.recorder.events).containsExactly("accepted prod/db " + SimulatedSecrets.id(2),
				"rejected prod/db " + SimulatedSecrets.id(2) + ", property 'db.port' is not a number");
		assertThat(this.simulation.status(DB).state()).isEqualTo(SecretState.REJECTED);
		assertThat(this.watcher.pending()).isEmpty();
		CompletableFuture<PollReport> report = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(report.getNow(null).accepted()).containsOnlyKeys(SimulatedSecrets.selector(DB));
	}

	@Test
	void pollNowWhenRunningStagesForTheCallerAndIsNotAppliedTwice() {
		start();
		this.simulation.secrets.rotate(DB, 2);
		CompletableFuture<PollReport> one = this.watcher.requestPoll();
		CompletableFuture<PollReport> two = this.watcher.requestPoll();
		long before = this.simulation.secrets.count;
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.simulation.secrets.count - before).isOne();
		assertThat(one.getNow(null)).isEqualTo(two.getNow(null));
		assertThat(one.getNow(null).accepted()).containsOnlyKeys(SimulatedSecrets.selector(DB));
		this.simulation.applyStaged();
		this.time.advance(LONG);
		assertThat(this.simulation.applications).isZero();
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(2));
	}

	@Test
	void pollNowWhenPollIsUnderWayIsMadeAfterIt() {
		start();
		this.time.advanceUntil(() -> this.simulation.secrets.count == 2, LONG);
		this.simulation.secrets.rotate(DB, 2);
		CompletableFuture<PollReport> report = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(report.getNow(null).accepted()).hasSize(1);
		assertThat(this.simulation.secrets.count).isEqualTo(3);
	}

	@Test
	void pollNowWhenCallerForgetsToApplyIsAppliedWithinAnInterval() {
		start();
		this.simulation.secrets.rotate(DB, 2);
		CompletableFuture<PollReport> first = this.watcher.requestPoll();
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		assertThat(first).isCompleted();
	}

	@Test
	void pollNowWhenStoppedConfirmsARollback() {
		this.simulation.use(DB, "password");
		SecretVersion one = (SecretVersion) this.simulation.snapshots.outcome(SimulatedSecrets.selector(DB));
		this.simulation.secrets.rotate(DB, 2);
		CompletableFuture<PollReport> first = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(first).isCompleted();
		this.simulation.applyStaged();
		this.simulation.secrets.rotate(DB, one);
		CompletableFuture<PollReport> report = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(report).isNotDone();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(report.getNow(null).accepted()).hasSize(1);
		assertThat(report.getNow(null).unconfirmed()).isEmpty();
		assertThat(this.time.isQuiet()).isTrue();
	}

	@Test
	void pollSoonWhenRunningAppliesAtOnce() {
		start();
		this.simulation.secrets.rotate(DB, 2);
		this.watcher.pollSoon();
		assertThat(this.simulation.sees(DB, 2, Duration.ofSeconds(1))).isTrue();
	}

	@Test
	void optionalSecretWhenItAppearsIsAcceptedAndWhenDeletedStays() {
		start();
		this.simulation.use("prod/late", "password");
		this.time.advance(LONG);
		assertThat(this.simulation.status("prod/late").state()).isEqualTo(SecretState.ABSENT);
		assertThat(this.simulation.recorder.events).isEmpty();
		this.simulation.secrets.rotate("prod/late", 1);
		assertThat(this.simulation.sees("prod/late", 1, Simulation.VISIBLE)).isTrue();
		this.simulation.secrets.fail("prod/late", Cause.SCHEDULED_FOR_DELETION);
		this.time.advance(LONG);
		assertThat(this.simulation.inUse("prod/late")).isEqualTo(SimulatedSecrets.id(1));
		assertThat(this.simulation.status("prod/late").state()).isEqualTo(SecretState.GONE);
		this.simulation.secrets.repair("prod/late");
		this.time.advance(Simulation.VISIBLE);
		assertThat(this.simulation.status("prod/late").state()).isEqualTo(SecretState.CURRENT);
	}

	@Test
	void secretWhenItFailedAtStartIsReplacedByTheVersionOnceThereIsOne() {
		this.simulation.secrets.fail(DB, Cause.ACCESS_DENIED);
		start();
		assertThat(this.simulation.inUse(DB)).isNull();
		assertThat(this.simulation.status(DB).state()).isEqualTo(SecretState.FAILING);
		this.simulation.secrets.repair(DB);
		assertThat(this.simulation.sees(DB, 1, Simulation.VISIBLE)).isTrue();
	}

	@Test
	void spellingsOfOneSecretMoveTogetherAndAreJudgedByAllKeys() {
		SecretSelector arn = SimulatedSecrets.selector(SimulatedSecrets.version(DB, 1, SecretContent.ofText("")).arn());
		this.simulation.secrets.rotate(DB, 1, Canary.json(DB, 1, "password", "user"));
		this.simulation.use(DB, "password");
		this.simulation.use(new WatchedSecret(arn, Set.of(new KeySelector.Exact("user")), false));
		this.watcher.start();
		this.simulation.secrets.rotate(DB, 2);
		this.time.advance(LONG);
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(1));
		assertThat(this.simulation.recorder.events)
			.containsExactly("rejected prod/db " + SimulatedSecrets.id(2) + ", key 'user' is gone");
		this.simulation.secrets.rotate(DB, 3, Canary.json(DB, 3, "password", "user"));
		assertThat(this.simulation.sees(DB, 3, Simulation.VISIBLE)).isTrue();
		assertThat(this.simulation.snapshots.current().outcome(arn))
			.isSameAs(this.simulation.snapshots.current().outcome(SimulatedSecrets.selector(DB)));
		assertThat(this.simulation.recorder.count("accepted")).isOne();
	}

	@Test
	void importedSecretWhenKeyIsAddedIsAcceptedAndWhenOneVanishesRejected() {
		this.simulation.use(new WatchedSecret(SimulatedSecrets.selector(DB), Set.of(), true));
		this.watcher.start();
		this.simulation.secrets.rotate(DB, 2, Canary.json(DB, 2, "password", "new"));
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		this.simulation.secrets.rotate(DB, 3, Canary.json(DB, 3, "new"));
		this.time.advance(LONG);
		assertThat(this.simulation.inUse(DB)).isEqualTo(SimulatedSecrets.id(2));
		assertThat(this.simulation.status(DB).reason()).isEqualTo("key 'password' is gone");
	}

	@Test
	void binarySecretWhenRotatedIsFollowedAndEqualBytesUnderOneIdAreNoChange() {
		this.simulation.secrets.rotate(DB, SimulatedSecrets.version(DB, 1, SecretContent.ofBinary(bytes(1))));
		this.simulation.use(new WatchedSecret(SimulatedSecrets.selector(DB), Set.of(new KeySelector.Whole()), false));
		this.watcher.start();
		this.simulation.secrets.rotate(DB, SimulatedSecrets.version(DB, 1, SecretContent.ofBinary(bytes(1))));
		this.time.advance(LONG);
		assertThat(this.simulation.applications).isZero();
		this.simulation.secrets.rotate(DB, SimulatedSecrets.version(DB, 2, SecretContent.ofBinary(bytes(2))));
		assertThat(this.simulation.sees(DB, 2, Simulation.VISIBLE)).isTrue();
		// The same bytes under another id are a rotation, too
		this.simulation.secrets.rotate(DB, SimulatedSecrets.version(DB, 3, SecretContent.ofBinary(bytes(2))));
		assertThat(this.simulation.sees(DB, 3, Simulation.VISIBLE)).isTrue();
	}

	private static byte[] bytes(int version) {
		return Canary.value(DB, version).getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void fiveSecretsWhenRotatedInOneGapAreOneApplication() {
		for (int i = 0; i < 100; i++) {
			this.simulation.secrets.rotate("prod/" + i, 1);
			this.simulation.use("prod/" + i, "password");
		}
		this.watcher.start();
		this.time.advance(LONG);
		long calls = this.simulation.secrets.calls;
		long polls = this.watcher.status().polls();
		for (int i = 0; i < 5; i++) {
			this.simulation.secrets.rotate("prod/" + i, 2);
		}
		assertThat(this.simulation.sees("prod/4", 2, Simulation.VISIBLE)).isTrue();
		assertThat(this.simulation.applied).hasSize(1);
		assertThat(this.simulation.applied.get(0)).hasSize(5);
		assertThat(this.simulation.secrets.calls - calls).isEqualTo(5 * (this.watcher.status().polls() - polls));
	}

	@Test
	void startWhenAlreadyRunningChangesNothing() {
		start();
		Instant next = this.watcher.status().nextPoll();
		this.time.advance(Duration.ofMillis(1));
		this.watcher.start();
		assertThat(this.watcher.status().nextPoll()).isEqualTo(next);
		assertThat(this.watcher.isRunning()).isTrue();
		assertThat(this.watcher.status().idle()).isFalse();
	}

	@Test
	void startWhenUsesCannotBeToldPollsAllTheSame() {
		SecretsWatcher failing = new SecretsWatcher(this.simulation.snapshots, () -> {
			throw new IllegalStateException();
		}, this.simulation::apply, new WatchSettings(true, Simulation.INTERVAL, 0), List.of(), this.time,
				new SplittableRandom(1), this.time);
		failing.start();
		assertThat(failing.status().idle()).isFalse();
		this.time.advance(LONG);
		assertThat(failing.status().polls()).isGreaterThan(8);
		assertThat(failing.status().pollError()).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void startWhenUsesChangedMeanwhileIsNotIdle() {
		List<Runnable> meanwhile = new ArrayList<>();
		SecretsWatcher other = new SecretsWatcher(this.simulation.snapshots, () -> {
			meanwhile.forEach(Runnable::run);
			return List.of();
		}, this.simulation::apply, new WatchSettings(true, Simulation.INTERVAL, 0), List.of(), this.time,
				new SplittableRandom(1), this.time);
		meanwhile.add(other::usesChanged);
		other.start();
		assertThat(other.status().idle()).isFalse();
		other.stop();
		meanwhile.clear();
		other.usesChanged();
		other.start();
		assertThat(other.status().idle()).isTrue();
	}

	@Test
	void usesChangedWhenPollsAreScheduledOrStoppedChangesNothing() {
		start();
		Instant next = this.watcher.status().nextPoll();
		this.watcher.usesChanged();
		assertThat(this.watcher.status().nextPoll()).isEqualTo(next);
		this.watcher.stop();
		this.watcher.usesChanged();
		assertThat(this.watcher.status().nextPoll()).isNull();
	}

	@Test
	void stopWhenPollIsUnderWayEndsItsThreadAndAnswersWhoWaits() {
		start();
		this.simulation.secrets.hangs = true;
		CompletableFuture<PollReport> underWay = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		CompletableFuture<PollReport> waiting = this.watcher.requestPoll();
		this.watcher.stop();
		this.time.advance(Duration.ZERO);
		assertThat(underWay.getNow(null).error()).isEqualTo("java.util.concurrent.CancellationException");
		assertThat(waiting.getNow(null).error()).isEqualTo("java.util.concurrent.CancellationException");
		assertThat(this.time.threads()).isZero();
		assertThat(this.time.isQuiet()).isTrue();
	}

	@Test
	void stopWhenNothingIsUnderWayLeavesNothingBehind() {
		start();
		this.time.advance(Duration.ofSeconds(1));
		this.watcher.stop();
		assertThat(this.time.isQuiet()).isTrue();
		assertThat(this.watcher.isRunning()).isFalse();
	}

	@Test
	void pollWhenRetrievalNeverReturnsIsGivenUpAfterThirtySeconds() {
		start();
		this.simulation.secrets.hangs = true;
		CompletableFuture<PollReport> report = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(report).isNotDone();
		assertThat(this.time.threads()).isOne();
		this.simulation.secrets.hangs = false;
		this.time.advance(Duration.ofNanos(1));
		assertThat(report.getNow(null).error()).isEqualTo("java.util.concurrent.TimeoutException");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.time.threads()).isZero();
	}

	@Test
	void pollWhenThreadCannotBeStartedAnswersWhoWaits() {
		start();
		this.time.failStarts(1);
		CompletableFuture<PollReport> report = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(report.getNow(null).error()).isEqualTo("java.lang.OutOfMemoryError");
	}

	@Test
	void pollWhenNoOtherThreadCanBeStartedTellsListenersOnItsOwn() {
		List<PollReport> reports = new ArrayList<>();
		Simulation told = telling(reports);
		told.secrets.rotate(DB, 1);
		told.use(DB, "password");
		Instant began = told.time.now();
		CompletableFuture<PollReport> polled = told.watcher.requestPoll();
		told.time.advance(Duration.ZERO);
		told.time.failStarts(1_000);
		told.time.advanceUntil(polled::isDone, Duration.ofSeconds(1));
		assertThat(reports).containsExactly(polled.getNow(null));
		assertThat(told.watcher.status().lastPoll()).isEqualTo(began);
	}

	@Test
	void pollNowWhenInterruptedSaysSoAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		PollReport report = this.watcher.pollNow();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(report.error()).isEqualTo("java.lang.InterruptedException");
	}

	@Test
	void whenToldWhenListenersWereToldCompletes() {
		CompletableFuture<Void> told = this.watcher.whenTold();
		assertThat(told).isNotDone();
		this.time.advance(Duration.ZERO);
		assertThat(told).isCompleted();
	}

	private static Simulation telling(List<PollReport> reports) {
		return new Simulation(42, new WatchSettings(true, Simulation.INTERVAL, 0), new WatchListener() {

			@Override
			public void polled(PollReport report) {
				reports.add(report);
			}

		});
	}

	private PollReport poll() {
		CompletableFuture<PollReport> polled = this.watcher.requestPoll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(polled).isCompleted();
		return polled.join();
	}

	private void start() {
		this.simulation.use(DB, "password");
		this.watcher.start();
		this.time.advance(Duration.ZERO);
	}

}
