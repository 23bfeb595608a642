package io.github.awssecrets.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link SecretSnapshots} and {@link Snapshot}.
 */
class SecretSnapshotsTests {

	private static final SecretSelector NAME = selector("prod/db");

	private static final SecretSelector ARN = selector(
			"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf");

	private final CountingRetrieval retrieval = new CountingRetrieval();

	private int created;

	private final SecretSnapshots snapshots = new SecretSnapshots(() -> {
		this.created++;
		return this.retrieval;
	}, Duration.ofSeconds(30));

	@Test
	void retrievalWhenNothingIsAskedForIsNeverCreated() {
		this.snapshots.consistently(this.snapshots::current);
		assertThat(this.snapshots.retrieve(Set.of())).isNull();
		this.snapshots.close();
		assertThat(this.created).isZero();
	}

	@Test
	void retrieveWhenRetrievedBeforeAsksOnlyForWhatIsMissing() {
		this.snapshots.retrieve(Set.of(NAME));
		this.snapshots.retrieve(List.of(NAME, selector("prod/other")));
		assertThat(this.snapshots.retrieve(Set.of(NAME))).isNull();
		assertThat(this.retrieval.asked).containsExactly(Set.of(NAME), Set.of(selector("prod/other")));
		assertThat(this.created).isOne();
	}

	@Test
	void outcomeWhenNotRetrievedRetrievesOnce() {
		assertThat(this.snapshots.outcome(NAME)).isSameAs(this.snapshots.outcome(NAME));
		assertThat(this.retrieval.asked).hasSize(1);
	}

	@Test
	void outcomeWhenAnotherSpellingIsVersionInUse() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		this.retrieval.versionId = "2";
		assertThat(this.snapshots.outcome(ARN)).isSameAs(first);
	}

	@Test
	void outcomeWhenAnotherStageIsVersionOfItsOwn() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		assertThat(this.snapshots.outcome(new SecretSelector(NAME.id(), null, "AWSPREVIOUS", null))).isNotSameAs(first);
	}

	@Test
	void consistentlyWhenSnapshotGrowsMeanwhileSeesWhatItHeldAndWhatItAskedFor() {
		this.snapshots.consistently(() -> {
			Snapshot held = this.snapshots.current();
			RetrievalOutcome outcome = this.snapshots.outcome(NAME);
			assertThat(held.outcome(NAME)).isNull();
			assertThat(this.snapshots.current().outcome(NAME)).isSameAs(outcome);
			return null;
		});
		assertThat(this.snapshots.current().outcome(NAME)).isNotNull();
	}

	@Test
	void consistentlyWhenOtherThreadRetrievesKeepsItsSnapshot() {
		this.snapshots.consistently(() -> {
			Thread other = new Thread(() -> this.snapshots.retrieve(Set.of(ARN)));
			other.start();
			join(other);
			assertThat(this.snapshots.current().outcome(ARN)).isNull();
			return null;
		});
		assertThat(this.snapshots.current().outcome(ARN)).isNotNull();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void closeWhenRetrievedKeepsWhatWasRetrievedAndClosesRetrieval() {
		RetrievalOutcome outcome = this.snapshots.outcome(NAME);
		this.snapshots.close();
		assertThat(this.retrieval.closed).isTrue();
		assertThat(this.snapshots.outcome(NAME)).isSameAs(outcome);
		assertThatIllegalStateException().isThrownBy(() -> this.snapshots.outcome(ARN));
	}

	@Test
	void versionsWhenSomeFailedAreThoseRetrieved() {
		this.retrieval.failing = selector("prod/gone");
		this.snapshots.retrieve(List.of(NAME, this.retrieval.failing));
		assertThat(this.snapshots.current().versions()).containsOnlyKeys(NAME);
		assertThat(this.snapshots.current().outcome(this.retrieval.failing)).isInstanceOf(RetrievalFailure.class);
	}

	@Test
	void stageWhenNotPromotedIsSeenOnlyByThoseWhoAskForIt() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		SecretVersion second = next("2", NAME);
		this.snapshots.stage(Map.of(NAME, second));
		assertThat(this.snapshots.outcome(NAME)).isSameAs(first);
		assertThat(this.snapshots.<RetrievalOutcome>reading(this.snapshots.staged(),
				() -> this.snapshots.consistently(() -> this.snapshots.outcome(NAME))))
			.isSameAs(second);
		this.snapshots.consistently(() -> {
			assertThat(this.snapshots.<RetrievalOutcome>reading(this.snapshots.staged(),
					() -> this.snapshots.outcome(NAME)))
				.isSameAs(second);
			assertThat(this.snapshots.outcome(NAME)).isSameAs(first);
			return null;
		});
		assertThat(this.snapshots.current().outcome(NAME)).isSameAs(first);
	}

	@Test
	void stageWhenSeveralTimesAddsUpAndTheLastVersionWins() {
		SecretSelector other = selector("prod/other");
		this.snapshots.retrieve(List.of(NAME, other));
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		this.snapshots.stage(Map.of(other, next("2", other)));
		SecretVersion third = next("3", NAME);
		this.snapshots.stage(Map.of(NAME, third));
		assertThat(this.snapshots.stagedChanges()).containsOnlyKeys(NAME, other);
		Map<SecretSelector, SecretChange> changes = this.snapshots.promote(this.snapshots.staged());
		assertThat(changes).containsOnlyKeys(NAME, other);
		assertThat(changes.get(NAME).oldVersionId()).isEqualTo("1");
		assertThat(changes.get(NAME).newVersionId()).isEqualTo("3");
		assertThat(this.snapshots.outcome(NAME)).isSameAs(third);
		assertThat(this.snapshots.promote(this.snapshots.staged())).isEmpty();
	}

	@Test
	void stageWhenVersionIsInUseTakesBackWhatWasStaged() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		this.snapshots.stage(Map.of(NAME, next("1", NAME)));
		assertThat(this.snapshots.stagedChanges()).isEmpty();
		assertThat(this.snapshots.promote(this.snapshots.staged())).isEmpty();
		assertThat(this.snapshots.outcome(NAME)).isSameAs(first);
	}

	@Test
	void stageWhenNobodyAskedForTheSecretDoesNothing() {
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		assertThat(this.snapshots.promote(this.snapshots.staged())).isEmpty();
		assertThat(this.snapshots.current().outcome(NAME)).isNull();
	}

	@Test
	void promoteWhenOneSpellingWasStagedMovesAllOfThem() {
		this.snapshots.retrieve(List.of(NAME, ARN));
		this.snapshots.stage(Map.of(ARN, next("2", ARN)));
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(NAME, ARN);
		assertThat(this.snapshots.outcome(NAME)).isSameAs(this.snapshots.outcome(ARN));
		assertThat(((SecretVersion) this.snapshots.outcome(NAME)).versionId()).isEqualTo("2");
	}

	@Test
	void promoteWhenSomethingElseWasStagedMeanwhileDoesNothing() {
		this.snapshots.retrieve(List.of(NAME));
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		Snapshot seen = this.snapshots.staged();
		this.snapshots.stage(Map.of(NAME, next("3", NAME)));
		assertThat(this.snapshots.promote(seen)).isNull();
		assertThat(((SecretVersion) this.snapshots.outcome(NAME)).versionId()).isEqualTo("1");
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(NAME);
		assertThat(((SecretVersion) this.snapshots.outcome(NAME)).versionId()).isEqualTo("3");
	}

	@Test
	void promoteWhenAnotherStageIsInUseLeavesIt() {
		SecretSelector previous = new SecretSelector(NAME.id(), null, "AWSPREVIOUS", null);
		this.snapshots.retrieve(List.of(NAME, previous));
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(NAME);
	}

	@Test
	void promoteWhenStartFailedReplacesTheFailure() {
		this.retrieval.failing = NAME;
		this.snapshots.outcome(NAME);
		SecretVersion version = next("1", NAME);
		this.snapshots.stage(Map.of(NAME, version));
		assertThat(this.snapshots.promote(this.snapshots.staged()).get(NAME).oldVersionId()).isNull();
		assertThat(this.snapshots.outcome(NAME)).isSameAs(version);
	}

	@Test
	void promoteWhenSomethingWasFirstReadMeanwhileKeepsIt() {
		SecretSelector late = selector("prod/late");
		this.snapshots.outcome(NAME);
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		RetrievalOutcome outcome = this.snapshots.outcome(late);
		RetrievalOutcome spelling = this.snapshots.outcome(ARN);
		assertThat(this.snapshots.outcome(NAME)).isSameAs(spelling);
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(NAME, ARN);
		assertThat(this.snapshots.outcome(late)).isSameAs(outcome);
	}

	@Test
	void promoteWhenFirstRetrievalHangsDoesNotWaitForIt() throws InterruptedException {
		this.snapshots.outcome(NAME);
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		this.retrieval.hold = () -> {
			asked.countDown();
			await(answer);
		};
		SecretSelector late = selector("prod/late");
		Thread reader = new Thread(() -> this.snapshots.outcome(late));
		reader.start();
		asked.await();
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(NAME);
		answer.countDown();
		reader.join();
		assertThat(this.snapshots.current().outcome(late)).isNotNull();
		assertThat(((SecretVersion) this.snapshots.outcome(NAME)).versionId()).isEqualTo("2");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void discardWhenStagedUnderAnotherSpellingDiscardsThat() {
		SecretSelector other = selector("prod/other");
		this.snapshots.retrieve(List.of(NAME, ARN, other));
		this.snapshots.stage(Map.of(NAME, next("2", NAME), other, next("2", other)));
		this.snapshots.discard(Set.of(ARN));
		assertThat(this.snapshots.promote(this.snapshots.staged())).containsOnlyKeys(other);
	}

	@Test
	void retrieveAgainWhenVersionDiffersChangesNoSnapshot() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		this.retrieval.versionId = "2";
		RetrievalReport report = this.snapshots.retrieveAgain(Set.of(NAME), Duration.ofSeconds(1));
		assertThat(((SecretVersion) report.outcome(NAME)).versionId()).isEqualTo("2");
		assertThat(this.snapshots.outcome(NAME)).isSameAs(first);
		assertThat(this.snapshots.stagedChanges()).isEmpty();
		this.snapshots.close();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.snapshots.retrieveAgain(Set.of(NAME), Duration.ofSeconds(1)));
	}

	@Test
	void retrieveWhenSomethingIsMissingReportsIt() {
		assertThat(this.snapshots.retrieve(List.of(NAME)).outcomes()).containsOnlyKeys(NAME);
	}

	@Test
	void readingWhenOverInsideAnotherOneGoesBackToThatSnapshot() {
		RetrievalOutcome first = this.snapshots.outcome(NAME);
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		this.snapshots.consistently(() -> {
			this.snapshots.reading(this.snapshots.staged(), () -> this.snapshots.outcome(NAME));
			this.snapshots.promote(this.snapshots.staged());
			assertThat(this.snapshots.outcome(NAME)).isSameAs(first);
			return null;
		});
		assertThat(this.snapshots.outcome(NAME)).isNotSameAs(first);
	}

	@Test
	void isCurrentWhateverThisThreadReadsFrom() {
		this.snapshots.outcome(NAME);
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		Snapshot current = this.snapshots.current();
		Snapshot staged = this.snapshots.staged();
		this.snapshots.reading(staged, () -> {
			assertThat(this.snapshots.isCurrent(current)).isTrue();
			assertThat(this.snapshots.isCurrent(staged)).isFalse();
			return null;
		});
	}

	@Test
	void identityIsThatOfTheVersionUnderAllSpellings() {
		this.retrieval.failing = selector("prod/gone");
		this.snapshots.retrieve(List.of(NAME, ARN, this.retrieval.failing));
		Snapshot snapshot = this.snapshots.current();
		assertThat(snapshot.identity(NAME)).isEqualTo(snapshot.identity(ARN)).isNotEqualTo(NAME);
		assertThat(snapshot.identity(this.retrieval.failing)).isEqualTo(this.retrieval.failing);
	}

	@Test
	void stageWhenItFailsAsBeforeChangesNothing() {
		this.retrieval.failing = NAME;
		this.snapshots.outcome(NAME);
		this.snapshots
			.stage(Map.of(NAME, RetrievalFailure.of(RetrievalFailure.Cause.NOT_FOUND, NAME.id(), "eu-west-1")));
		assertThat(this.snapshots.stagedChanges()).isEmpty();
		this.snapshots
			.stage(Map.of(NAME, RetrievalFailure.of(RetrievalFailure.Cause.ACCESS_DENIED, NAME.id(), "eu-west-1")));
		assertThat(this.snapshots.stagedChanges()).containsOnlyKeys(NAME);
	}

	@Test
	void kmsKeysWhenNothingIsOpenAreNotKnown() {
		assertThat(this.snapshots.kmsKeys(Set.of(NAME), Duration.ofSeconds(1))).isEmpty();
		this.snapshots.outcome(NAME);
		assertThat(this.snapshots.kmsKeys(Set.of(NAME), Duration.ofSeconds(1))).containsEntry(NAME, "key");
		this.snapshots.close();
		assertThat(this.snapshots.kmsKeys(Set.of(NAME), Duration.ofSeconds(1))).isEmpty();
	}

	@Test
	void retrievalWhenClosedWhileItIsCreatedIsClosedToo() {
		List<SecretSnapshots> closing = new ArrayList<>();
		closing.add(new SecretSnapshots(() -> {
			closing.get(0).close();
			return this.retrieval;
		}, Duration.ofSeconds(30)));
		closing.get(0).retrieve(Set.of(NAME));
		assertThat(this.retrieval.closed).isTrue();
	}

	@Test
	void retrievalWhenOpenIsNotClosed() {
		this.snapshots.outcome(NAME);
		assertThat(this.retrieval.closed).isFalse();
	}

	@Test
	void instancesWhenSeveralAreApart() {
		SecretSnapshots others = new SecretSnapshots(() -> this.retrieval, Duration.ofSeconds(30));
		RetrievalOutcome first = others.outcome(NAME);
		this.snapshots.outcome(NAME);
		this.snapshots.stage(Map.of(NAME, next("2", NAME)));
		this.snapshots.promote(this.snapshots.staged());
		assertThat(others.outcome(NAME)).isSameAs(first);
		assertThat(this.snapshots.<RetrievalOutcome>consistently(() -> others.outcome(NAME))).isSameAs(first);
	}

	private SecretVersion next(String versionId, SecretSelector selector) {
		String before = this.retrieval.versionId;
		SecretSelector failing = this.retrieval.failing;
		this.retrieval.versionId = versionId;
		this.retrieval.failing = null;
		try {
			return (SecretVersion) this.retrieval.outcome(selector);
		}
		finally {
			this.retrieval.versionId = before;
			this.retrieval.failing = failing;
		}
	}

	private static SecretSelector selector(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private static final class CountingRetrieval implements SecretRetrieval {

		private final List<Set<SecretSelector>> asked = new ArrayList<>();

		private String versionId = "1";

		private SecretSelector failing;

		private boolean closed;

		private Runnable hold = () -> {
		};

		@Override
		public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
			this.hold.run();
			this.asked.add(Set.copyOf(selectors));
			Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
			selectors.forEach((selector) -> outcomes.put(selector, outcome(selector)));
			return new RetrievalReport(outcomes, 1, Duration.ZERO, "eu-west-1");
		}

		private RetrievalOutcome outcome(SecretSelector selector) {
			if (selector.equals(this.failing)) {
				return RetrievalFailure.of(RetrievalFailure.Cause.NOT_FOUND, selector.id(), "eu-west-1");
			}
			String name = selector.id().name();
			return new SecretVersion("arn:aws:secretsmanager:eu-west-1:123456789012:secret:%s-AbCdEf".formatted(name),
					name, "eu-west-1", this.versionId, Set.of(),
					SecretContent.ofText(Canary.value(name, this.versionId)), null, Instant.EPOCH);
		}

		@Override
		public Map<SecretSelector, String> kmsKeys(Collection<SecretSelector> selectors, Duration timeout) {
			Map<SecretSelector, String> keys = new LinkedHashMap<>();
			selectors.forEach((selector) -> keys.put(selector, "key"));
			return keys;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
