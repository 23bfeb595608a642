package io.github.awssecrets.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

	private static SecretSelector selector(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	private static final class CountingRetrieval implements SecretRetrieval {

		private final List<Set<SecretSelector>> asked = new ArrayList<>();

		private String versionId = "1";

		private SecretSelector failing;

		private boolean closed;

		@Override
		public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
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
		public void close() {
			this.closed = true;
		}

	}

}
