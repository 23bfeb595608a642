package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proofs in virtual time that rotations are seen, in time and in order, and nothing else
 * is. A new seed in each run, which is printed; {@code -Dseed=...} replays one.
 */
@ExtendWith(QuietLog.class)
class RotationProofTests {

	private static final int ROTATIONS = 10_000;

	private static final int IDLE_POLLS = Proof.IDLE_POLLS.count();

	private final long seed = Long.getLong("seed", new SplittableRandom().nextLong());

	private final Simulation simulation = new Simulation(this.seed);

	@Test
	void rotationsWhenEachComesAfterThePreviousWasSeenAreAllSeenInTimeAndInOrder() {
		start(20);
		SplittableRandom random = new SplittableRandom(this.seed);
		long slowest = 0;
		for (int version = 2; version <= ROTATIONS + 1; version++) {
			String name = "prod/" + random.nextInt(20);
			this.simulation.time.advance(Duration.ofMillis(random.nextInt(90_000)));
			this.simulation.secrets.rotate(name, version);
			long rotated = this.simulation.time.elapsed();
			assertThat(this.simulation.sees(name, version, Simulation.VISIBLE)).as(seed()).isTrue();
			slowest = Math.max(slowest, this.simulation.time.elapsed() - rotated);
			assertThat(this.simulation.applications).as(seed()).isEqualTo(version - 1);
			assertThat(last(this.simulation.applied)).as(seed()).hasSize(1);
		}
		Proof.report("%d rotations of 20 secrets: each seen, slowest %d ms; %d polls, %d calls; %s".formatted(ROTATIONS,
				slowest / 1_000_000, this.simulation.secrets.count, this.simulation.secrets.calls, seed()));
		assertThat(this.simulation.secrets.calls).isEqualTo(this.simulation.secrets.count);
	}

	private static <T> T last(List<T> list) {
		return list.get(list.size() - 1);
	}

	@Test
	void rotationsWhenTwoFallInOneGapAreOneApplication() {
		start(5);
		int version = 1;
		for (int i = 0; i < 1_000; i++) {
			// The next poll comes no earlier than 48 s after this one
			this.simulation.secrets.retrievals.clear();
			assertThat(this.simulation.time.advanceUntil(() -> !this.simulation.secrets.retrievals.isEmpty(),
					Simulation.VISIBLE))
				.as(seed())
				.isTrue();
			this.simulation.time.advance(Duration.ofMillis(500));
			long before = this.simulation.applications;
			this.simulation.secrets.rotate("prod/0", ++version);
			this.simulation.secrets.rotate("prod/1", version);
			this.simulation.time.advance(Duration.ofSeconds(5));
			this.simulation.secrets.rotate("prod/0", ++version);
			assertThat(this.simulation.sees("prod/0", version, Simulation.VISIBLE)).as(seed()).isTrue();
			assertThat(this.simulation.inUse("prod/1")).isEqualTo(SimulatedSecrets.id(version - 1));
			assertThat(this.simulation.applications).as(seed()).isEqualTo(before + 1);
		}
		Proof.report("1000 times two rotations in one gap: the last one won, one application each; " + seed());
	}

	@Test
	void pollsWhenNothingRotatesApplyNothingAndKeepNothing() {
		start(20);
		this.simulation.secrets.recording = false;
		pollTimes(2_000);
		long before = usedMemory();
		pollTimes(IDLE_POLLS);
		long growth = usedMemory() - before;
		assertThat(this.simulation.applications).as(seed()).isZero();
		assertThat(this.simulation.recorder.events).as(seed()).isEmpty();
		assertThat(growth).as("bytes of heap after %d polls", IDLE_POLLS).isLessThan(1_000_000);
		this.simulation.secrets.rotate("prod/7", 2);
		assertThat(this.simulation.sees("prod/7", 2, Simulation.VISIBLE)).as(seed()).isTrue();
		assertThat(this.simulation.applications).isOne();
		Proof.report("%d idle polls: 0 applications, heap %+d bytes, then a rotation was seen; %s".formatted(IDLE_POLLS,
				growth, seed()));
	}

	private void pollTimes(int polls) {
		long end = this.simulation.secrets.count + polls;
		assertThat(this.simulation.time.advanceUntil(() -> this.simulation.secrets.count >= end,
				Simulation.INTERVAL.multipliedBy(polls + 1L)))
			.isTrue();
	}

	private static long usedMemory() {
		Runtime runtime = Runtime.getRuntime();
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			System.gc();
			least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
		}
		return least;
	}

	@Test
	void stateWhenManyVersionsWereInUseIsBounded() {
		start(1);
		for (int version = 2; version < 200; version++) {
			this.simulation.secrets.rotate("prod/0", version);
			assertThat(this.simulation.sees("prod/0", version, Simulation.VISIBLE)).isTrue();
		}
		SecretMemory memory = new SecretMemory();
		for (int version = 0; version < 200; version++) {
			memory.hold(SimulatedSecrets.id(version));
			memory.report(SimulatedSecrets.id(version), "");
		}
		assertThat(memory.held()).hasSize(SecretMemory.SIZE).endsWith(SimulatedSecrets.id(199));
	}

	@Test
	void rollbacksAreSeenInTimeAndStaleAnswersNever() {
		start(3);
		SplittableRandom random = new SplittableRandom(this.seed);
		long slowest = 0;
		SecretVersion one = SimulatedSecrets.version("prod/0", 1,
				SecretContent.ofText(Canary.json("prod/0", 1, "password")));
		SecretVersion two = this.simulation.secrets.rotate("prod/0", 2);
		assertThat(this.simulation.sees("prod/0", 2, Simulation.VISIBLE)).isTrue();
		for (int i = 0; i < 500; i++) {
			SecretVersion back = (i % 2 == 0) ? one : two;
			SecretVersion from = (i % 2 == 0) ? two : one;
			long applications = this.simulation.applications;
			this.simulation.secrets.answerOnce("prod/0", back);
			this.simulation.time.advance(Duration.ofMillis(60_000 + random.nextInt(60_000)));
			assertThat(this.simulation.inUse("prod/0")).as(seed()).isEqualTo(from.versionId());
			assertThat(this.simulation.applications).as(seed()).isEqualTo(applications);
			this.simulation.secrets.rotate("prod/0", back);
			long rotated = this.simulation.time.elapsed();
			assertThat(this.simulation.time.advanceUntil(() -> back.versionId().equals(this.simulation.inUse("prod/0")),
					Simulation.INTERVAL.plusSeconds(3)))
				.as(seed())
				.isTrue();
			slowest = Math.max(slowest, this.simulation.time.elapsed() - rotated);
			assertThat(this.simulation.applications).as(seed()).isEqualTo(applications + 1);
		}
		Proof.report("500 rollbacks: all seen, slowest %d ms, 500 stale answers ignored; %s"
			.formatted(slowest / 1_000_000, seed()));
	}

	@Test
	void gapsAreRandomBetweenIntervalWithoutJitterAndInterval() {
		start(1);
		List<Long> polls = new ArrayList<>();
		while (polls.size() < 2_000) {
			long count = this.simulation.secrets.count;
			this.simulation.time.advanceUntil(() -> this.simulation.secrets.count > count, Simulation.VISIBLE);
			polls.add(this.simulation.time.elapsed());
		}
		List<Long> gaps = new ArrayList<>();
		for (int i = 1; i < polls.size(); i++) {
			gaps.add((polls.get(i) - polls.get(i - 1)) / 1_000_000);
		}
		assertThat(gaps).as(seed()).allMatch((gap) -> gap >= 48_000 && gap <= 60_000);
		assertThat(gaps.stream().mapToLong(Long::longValue).average().orElseThrow()).isBetween(53_500.0, 54_500.0);
	}

	private void start(int secrets) {
		for (int i = 0; i < secrets; i++) {
			this.simulation.secrets.rotate("prod/" + i, 1);
			this.simulation.use("prod/" + i, "password");
		}
		this.simulation.watcher.start();
	}

	private String seed() {
		return "-Dseed=" + this.seed;
	}

}
