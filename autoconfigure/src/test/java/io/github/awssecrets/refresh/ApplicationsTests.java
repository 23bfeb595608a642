package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;
import io.github.awssecrets.testing.VirtualTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Applications} and {@link Rejections} in virtual time.
 */
class ApplicationsTests {

	private static final String A = "prod/a";

	private static final String B = "prod/b";

	private static final SecretSelector SELECTOR_A = SimulatedSecrets.selector(A);

	private static final SecretSelector SELECTOR_B = SimulatedSecrets.selector(B);

	private static final Duration LONG = Duration.ofMinutes(10);

	private final List<Map<SecretSelector, SecretChange>> told = new ArrayList<>();

	private final Simulation simulation = new Simulation(42, new WatchSettings(true, Simulation.INTERVAL, 0.2),
			new Applied(this.told));

	private final SecretsWatcher watcher = this.simulation.watcher;

	private final VirtualTime time = this.simulation.time;

	ApplicationsTests() {
		for (String name : List.of(A, B)) {
			this.simulation.secrets.rotate(name, 1);
			this.simulation.use(name, "password");
		}
	}

	@Test
	void changesWhenAppliedAreCountedAndTold() {
		this.watcher.start();
		this.simulation.secrets.rotate(A, 2);
		assertThat(this.simulation.sees(A, 2, Simulation.VISIBLE)).isTrue();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.watcher.status().applications()).isOne();
		assertThat(this.told).containsExactlyElementsOf(this.simulation.applied).hasSize(1);
		this.watcher.acknowledge(Map.of());
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.told).hasSize(1);
	}

	@Test
	void acknowledgeWhenCalledByOthersTellsListenersAtOnce() {
		this.simulation.secrets.rotate(A, 2);
		poll();
		this.simulation.applyStaged();
		this.time.advance(Duration.ZERO);
		assertThat(this.told).hasSize(1);
		assertThat(this.told.get(0)).containsOnlyKeys(SELECTOR_A);
	}

	@Test
	void promoteWhenSomethingElseHasBeenStagedIsNull() {
		Snapshot seen = this.simulation.snapshots.staged();
		this.simulation.secrets.rotate(A, 2);
		poll();
		assertThat(this.watcher.promote(seen)).isNull();
		assertThat(this.watcher.promote(this.simulation.snapshots.staged())).containsOnlyKeys(SELECTOR_A);
	}

	@Test
	void pendingWhenPromotedAndStagedOnceMoreHasTheLatest() {
		this.simulation.secrets.rotate(A, 2);
		this.simulation.secrets.rotate(B, 2);
		poll();
		this.watcher.promote(this.simulation.snapshots.staged());
		this.simulation.secrets.rotate(A, 3);
		poll();
		assertThat(this.watcher.pending()).containsOnlyKeys(SELECTOR_A, SELECTOR_B);
		assertThat(this.watcher.pending().get(SELECTOR_A).newVersionId()).isEqualTo(SimulatedSecrets.id(3));
	}

	@Test
	void takeBackWhenOneOfTwoIsRefusedLeavesTheOther() {
		this.simulation.secrets.rotate(A, 2);
		this.simulation.secrets.rotate(B, 2);
		poll();
		this.watcher.promote(this.simulation.snapshots.staged());
		assertThat(this.watcher.takeBack(Map.of(SELECTOR_A, "it is refused"))).containsOnlyKeys(SELECTOR_B);
		assertThat(this.watcher.pending()).containsOnlyKeys(SELECTOR_B);
		assertThat(this.simulation.inUse(A)).isEqualTo(SimulatedSecrets.id(1));
		assertThat(this.simulation.inUse(B)).isEqualTo(SimulatedSecrets.id(2));
		assertThat(this.simulation.status(A).state()).isEqualTo(SecretState.REJECTED);
		assertThat(this.simulation.status(A).rejectedVersionId()).isEqualTo(SimulatedSecrets.id(2));
		assertThat(this.simulation.status(A).reason()).isEqualTo("it is refused");
		assertThat(this.simulation.status(A).changed()).isNull();
		VirtualPolls.wake(this.watcher);
		this.time.advance(Duration.ZERO);
		assertThat(this.simulation.recorder.events)
			.contains("rejected prod/a " + SimulatedSecrets.id(2) + ", it is refused");
	}

	@Test
	void takeBackWhenNothingWasPromotedChangesNothing() {
		assertThat(this.watcher.takeBack(Map.of(SELECTOR_A, "it is refused"))).isEmpty();
		assertThat(this.simulation.inUse(A)).isEqualTo(SimulatedSecrets.id(1));
		VirtualPolls.wake(this.watcher);
		this.time.advance(Duration.ZERO);
		assertThat(this.simulation.recorder.events).isEmpty();
	}

	@Test
	void rejectWhenStagedTellsListenersAtOnceWhichVersionStaysInUse() {
		List<String> inUse = new ArrayList<>();
		Simulation other = new Simulation(42, new WatchSettings(true, Simulation.INTERVAL, 0), new Rejected(inUse));
		other.secrets.rotate(A, 1);
		other.use(A, "password");
		other.secrets.rotate(A, 2);
		CompletableFuture<PollReport> polled = other.watcher.requestPoll();
		other.time.advanceUntil(polled::isDone, LONG);
		other.watcher.reject(Map.of(SELECTOR_A, "it is refused"));
		other.time.advance(Duration.ZERO);
		assertThat(inUse).containsExactly(SimulatedSecrets.id(1));
		// Nobody watches it
		other.watcher.reject(Map.of(SELECTOR_B, "it is refused"));
		assertThat(other.recorder.count("rejected")).isOne();
	}

	@Test
	void applyWhenNotReadyWaitsForTheWake() {
		Late applier = new Late();
		SecretsWatcher late = watcher(applier);
		late.start();
		this.simulation.secrets.rotate(A, 2);
		this.time.advance(LONG);
		assertThat(applier.applied).isEmpty();
		assertThat(late.pending()).containsOnlyKeys(SELECTOR_A);
		applier.ready = true;
		late.wake();
		this.time.advance(Duration.ZERO);
		assertThat(applier.applied).hasSize(1);
	}

	@Test
	void applyWhenNotAcknowledgedIsTriedAgainSoon() {
		this.watcher.start();
		List<Long> attempts = new ArrayList<>();
		this.simulation.applier = (changes) -> attempts.add(this.time.elapsed());
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> attempts.size() == 4, LONG);
		for (int i = 1; i < 4; i++) {
			assertThat(Duration.ofNanos(attempts.get(i) - attempts.get(i - 1)))
				.isBetween(Duration.ofMillis(500L << (i - 1)), Duration.ofMillis(1000L << (i - 1)));
		}
	}

	@Test
	void applyWhenThreadCannotBeStartedIsTriedAgainSoon() {
		this.watcher.start();
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> !this.simulation.snapshots.stagedChanges().isEmpty(), LONG);
		this.time.failStarts(1);
		this.time.advance(Duration.ZERO);
		assertThat(this.time.failingStarts()).isZero();
		assertThat(this.simulation.sees(A, 2, Duration.ofSeconds(2))).isTrue();
		assertThat(this.simulation.recorder.count("notApplied")).isOne();
	}

	@Test
	void applyWhenAnotherSecretRotatesMeanwhileAppliesThatNext() {
		this.watcher.start();
		this.simulation.applier = (changes) -> {
			this.time.spend(Duration.ofSeconds(5));
			this.simulation.applied.add(changes);
			this.time.after(Duration.ofSeconds(4), this.simulation::applyStaged);
		};
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> this.simulation.applied.size() == 1, LONG);
		this.time.advance(Duration.ofMillis(4_500));
		this.simulation.secrets.rotate(B, 2);
		poll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.simulation.applied).hasSize(2);
		assertThat(this.simulation.applied.get(1)).containsOnlyKeys(SELECTOR_B);
	}

	@Test
	void applyWhenItHangsIsReportedAfterThirtySeconds() {
		this.watcher.start();
		this.simulation.applier = (changes) -> {
			this.simulation.applications++;
			this.time.spend(VirtualTime.FOREVER);
		};
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> this.simulation.applications == 1, LONG);
		this.time.advance(Applications.HANGING.minusNanos(1));
		assertThat(this.simulation.recorder.count("applyHangs")).isZero();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.simulation.recorder.events).contains("applyHangs PT30S");
		this.time.advance(LONG);
		assertThat(this.time.threads()).isOne();
		this.watcher.stop();
		this.time.advance(Duration.ZERO);
		assertThat(this.time.threads()).isZero();
		assertThat(this.watcher.status().applyingSince()).isNull();
	}

	@Test
	void stopWhenChangesAreNotAppliedLeavesThemToTheNextStart() {
		this.watcher.start();
		this.simulation.applier = (changes) -> this.simulation.applications++;
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> this.simulation.applications == 1, LONG);
		this.time.advance(Duration.ZERO);
		this.watcher.stop();
		poll();
		this.time.advance(LONG);
		assertThat(this.simulation.applications).isOne();
		this.watcher.start();
		this.time.advance(Duration.ZERO);
		assertThat(this.simulation.applications).isEqualTo(2);
	}

	@Test
	void listenersWhenNoThreadCanBeStartedAreToldOnThatOfTheApplication() {
		this.watcher.start();
		this.simulation.secrets.rotate(A, 2);
		this.time.advanceUntil(() -> this.simulation.applied.size() == 1, LONG);
		this.time.failStarts(1_000);
		this.time.advance(Duration.ofMillis(500));
		assertThat(this.told).hasSize(1);
	}

	private void poll() {
		CompletableFuture<PollReport> polled = this.watcher.requestPoll();
		assertThat(this.time.advanceUntil(polled::isDone, LONG)).isTrue();
	}

	private SecretsWatcher watcher(ChangeApplier applier) {
		return new SecretsWatcher(this.simulation.snapshots, () -> this.simulation.uses, applier,
				new WatchSettings(true, Simulation.INTERVAL, 0), List.of(), this.time, new SplittableRandom(1),
				this.time);
	}

	/**
	 * Remembers what was applied.
	 */
	private record Applied(List<Map<SecretSelector, SecretChange>> told) implements WatchListener {

		@Override
		public void applied(Map<SecretSelector, SecretChange> changes) {
			this.told.add(changes);
		}

	}

	/**
	 * Remembers which versions stayed in use.
	 */
	private record Rejected(List<String> inUse) implements WatchListener {

		@Override
		public void rejected(SecretSelector secret, String versionIdInUse, String rejectedVersionId, String reason) {
			this.inUse.add(versionIdInUse);
		}

	}

	/**
	 * Cannot apply anything at first.
	 */
	private static final class Late implements ChangeApplier {

		private final List<Map<SecretSelector, SecretChange>> applied = new ArrayList<>();

		private boolean ready;

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void apply(Map<SecretSelector, SecretChange> changes) {
			this.applied.add(changes);
		}

	}

}
