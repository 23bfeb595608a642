package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ApartPolls} in virtual time.
 */
class ApartPollsTests {

	private static final String DB = "prod/db";

	private static final String BAD = "prod/bad";

	private static final Duration LONG = Duration.ofMinutes(10);

	private final List<PollReport> reports = new ArrayList<>();

	private final Reports listener = new Reports(this.reports);

	private final Simulation simulation = new Simulation(42, new WatchSettings(true, Simulation.INTERVAL, 0.2),
			this.listener);

	private final VirtualTime time = this.simulation.time;

	ApartPollsTests() {
		this.simulation.secrets.rotate(DB, 1);
		this.simulation.secrets.rotate(BAD, 1);
		this.simulation.use(DB, "password").use(BAD, "password");
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "2, 2", "5, 5", "60, 10" })
	void retrievalWhenApartTakesUpToTheIntervalWithinBounds(int interval, int timeout) {
		Simulation other = new Simulation(42, new WatchSettings(true, Duration.ofSeconds(interval), 0));
		other.secrets.rotate(DB, 1);
		other.secrets.rotate(BAD, 1);
		other.use(DB, "password").use(BAD, "password").watcher.start();
		int before = other.secrets.retrievals.size();
		other.secrets.fail(BAD, Cause.TIMED_OUT);
		assertThat(other.time.advanceUntil(() -> other.secrets.retrievals.lastIndexOf(badAlone()) >= before, LONG))
			.isTrue();
		assertThat(other.secrets.timeouts.get(other.secrets.retrievals.lastIndexOf(badAlone())))
			.isEqualTo(Duration.ofSeconds(timeout));
	}

	@Test
	void retrievalWhenItHangsIsGivenUpAfterThirtySecondsAndTriedAfterTheLongestPause() {
		startWithBadApart();
		this.simulation.secrets.hangs = true;
		nextApart();
		this.simulation.secrets.hangs = false;
		this.simulation.secrets.repair(BAD);
		long begin = this.time.elapsed();
		this.time.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(this.time.threads()).isOne();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.time.threads()).isZero();
		nextApart();
		assertThat(Duration.ofNanos(this.time.elapsed() - begin)).isEqualTo(Duration.ofSeconds(90));
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.simulation.status(BAD).state()).isEqualTo(SecretState.CURRENT);
	}

	@Test
	void retrievalWhenItThrowsIsTriedAfterTheLongestPause() {
		startWithBadApart();
		// While no other poll is under way
		this.simulation.secrets.thrown = new OutOfMemoryError();
		nextApart();
		this.simulation.secrets.thrown = null;
		long begin = this.time.elapsed();
		nextApart();
		assertThat(Duration.ofNanos(this.time.elapsed() - begin)).isEqualTo(Simulation.INTERVAL);
	}

	@Test
	void retrievalWhenThreadCannotBeStartedIsTriedAfterTheLongestPause() {
		startWithBadApart();
		this.time.advanceUntil(() -> this.time.threads() == 0, LONG);
		long due = this.simulation.status(BAD).nextPoll().toEpochMilli() - this.time.now().toEpochMilli();
		long pollDue = this.simulation.watcher.status().nextPoll().toEpochMilli() - this.time.now().toEpochMilli();
		assertThat(due).isLessThan(pollDue);
		this.time.advance(Duration.ofMillis(due - 1));
		long begin = this.time.elapsed();
		this.time.failStarts(1);
		this.time.advance(Duration.ofMillis(2));
		assertThat(this.time.failingStarts()).isZero();
		nextApart();
		assertThat(Duration.ofNanos(this.time.elapsed() - begin)).isBetween(Simulation.INTERVAL,
				Simulation.INTERVAL.plusMillis(2));
	}

	@Test
	void retrievalWhenItBringsAVersionIsAppliedAndTold() {
		startWithBadApart();
		this.simulation.secrets.repair(BAD);
		this.simulation.secrets.rotate(BAD, 2);
		this.reports.clear();
		nextApart();
		// Long before the next poll of the others could bring it
		assertThat(this.simulation.sees(BAD, 2, Duration.ofSeconds(1))).isTrue();
		assertThat(this.reports).extracting(PollReport::secrets).containsExactly(1);
		assertThat(this.simulation.recorder.events).contains("recovered prod/bad",
				"accepted prod/bad " + SimulatedSecrets.id(2));
		this.simulation.secrets.retrievals.clear();
		this.time.advance(LONG);
		assertThat(this.simulation.secrets.retrievals)
			.containsOnly(Set.of(SimulatedSecrets.selector(DB), SimulatedSecrets.selector(BAD)));
	}

	@Test
	void retrievalWhenItFailsAtOnceFromNowOnIsMadeWithTheOthersAgain() {
		startWithBadApart();
		this.simulation.secrets.fail(BAD, Cause.ACCESS_DENIED);
		nextApart();
		this.time.advance(Duration.ofSeconds(1));
		this.simulation.secrets.retrievals.clear();
		this.time.advance(LONG);
		assertThat(this.simulation.secrets.retrievals)
			.containsOnly(Set.of(SimulatedSecrets.selector(DB), SimulatedSecrets.selector(BAD)));
	}

	@Test
	void retrievalWhenTakingItInFailsTellsListenersAndIsTriedAgain() {
		FailingRandom random = new FailingRandom();
		SecretsWatcher watcher = new SecretsWatcher(this.simulation.snapshots, () -> this.simulation.uses,
				(changes) -> {
				}, new WatchSettings(true, Simulation.INTERVAL, 0), List.of(this.simulation.recorder), this.time,
				random, this.time);
		watcher.start();
		this.simulation.secrets.fail(BAD, Cause.TIMED_OUT);
		nextApart();
		random.fails = true;
		this.time.advance(Duration.ofSeconds(11));
		random.fails = false;
		assertThat(this.simulation.recorder.count("pollFailed")).isOne();
		nextApart();
	}

	@Test
	void retrievalsWhenManyAreDueAreEightAtOnce() {
		for (int i = 0; i < 10; i++) {
			this.simulation.secrets.rotate("prod/" + i, 1);
			this.simulation.use("prod/" + i, "password");
			this.simulation.secrets.fail("prod/" + i, Cause.TIMED_OUT);
		}
		this.simulation.watcher.start();
		this.time.advanceUntil(() -> this.simulation.status("prod/0").outcome() == PollOutcome.FAILED, LONG);
		this.simulation.secrets.retrievals.clear();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.time.threads()).isEqualTo(8);
		assertThat(this.simulation.secrets.retrievals).hasSize(8).doesNotHaveDuplicates();
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.simulation.secrets.retrievals.subList(0, 10)).doesNotHaveDuplicates();
	}

	@Test
	void stopWhenRetrievalIsUnderWayEndsItAndStartMakesAnother() {
		startWithBadApart();
		nextApart();
		this.simulation.watcher.stop();
		this.time.advance(Duration.ZERO);
		assertThat(this.time.threads()).isZero();
		this.simulation.watcher.start();
		nextApart();
		this.simulation.watcher.stop();
		this.simulation.watcher.start();
		int before = this.simulation.secrets.retrievals.size();
		this.time.advance(Duration.ZERO);
		assertThat(this.simulation.secrets.retrievals.subList(before, this.simulation.secrets.retrievals.size()))
			.containsExactly(badAlone());
	}

	@Test
	void secretWhenALateFailureArrivesAfterAnAnswerStaysCurrent() {
		startWithBadApart();
		nextApart();
		this.simulation.secrets.repair(BAD);
		this.time.advance(Duration.ofSeconds(1));
		CompletableFuture<PollReport> polled = this.simulation.watcher.requestPoll();
		this.time.advanceUntil(polled::isDone, Polls.TIMEOUT);
		assertThat(this.simulation.status(BAD).state()).isEqualTo(SecretState.CURRENT);
		this.time.advance(Polls.TIMEOUT);
		assertThat(this.simulation.status(BAD).state()).isEqualTo(SecretState.CURRENT);
		assertThat(this.simulation.recorder.count("failing")).isOne();
	}

	@Test
	void pausesWhenASecretKeepsFailingGrowUpToTheIntervalFromStartToStart() {
		startWithBadApart();
		List<Duration> gaps = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			long begin = this.time.elapsed();
			nextApart();
			gaps.add(Duration.ofNanos(this.time.elapsed() - begin));
		}
		// Ten seconds of each are the retrieval
		assertThat(gaps.get(1)).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(14));
		assertThat(gaps.subList(10, 20))
			.allSatisfy((gap) -> assertThat(gap).isBetween(Duration.ofSeconds(40), Simulation.INTERVAL));
	}

	private void startWithBadApart() {
		this.simulation.watcher.start();
		this.simulation.secrets.fail(BAD, Cause.TIMED_OUT);
		nextApart();
		this.time.advance(Polls.TIMEOUT);
	}

	/**
	 * Let time pass until the bad secret is asked for alone, once more.
	 */
	private void nextApart() {
		int before = count();
		assertThat(this.time.advanceUntil(() -> count() > before, LONG)).isTrue();
	}

	private int count() {
		return (int) this.simulation.secrets.retrievals.stream().filter(badAlone()::equals).count();
	}

	private static Set<SecretSelector> badAlone() {
		return Set.of(SimulatedSecrets.selector(BAD));
	}

	/**
	 * Remembers reports.
	 */
	private record Reports(List<PollReport> reports) implements WatchListener {

		@Override
		public void polled(PollReport report) {
			this.reports.add(report);
		}

	}

	/**
	 * Always 0, or nothing at all.
	 */
	private static final class FailingRandom implements RandomGenerator {

		private boolean fails;

		@Override
		public long nextLong() {
			if (this.fails) {
				throw new OutOfMemoryError();
			}
			return 0;
		}

	}

}
