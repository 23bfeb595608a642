package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.ChangeApplier;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchSettings;
import io.github.awssecrets.refresh.WatchedSecret;
import io.github.awssecrets.retrieval.QuotaRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proof that a fleet keeps within AWS's quotas: 200 processes with 100 secrets each start
 * at the same moment, and poll for an hour in virtual time.
 */
@ExtendWith(LogLeaks.class)
class FleetTests {

	private static final int PROCESSES = 200;

	private static final int SECRETS = 100;

	/** AWS's quotas, calls a second for each account and Region. */
	private static final int BATCHES = 100;

	private static final int SINGLES = 10_000;

	private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration HOUR = Duration.ofHours(1);

	private final long seed = Long.getLong("seed", new SplittableRandom().nextLong());

	private final SplittableRandom random = new SplittableRandom(this.seed);

	private final VirtualTime time = new VirtualTime();

	private final Map<String, Integer> versions = new HashMap<>();

	private final List<SecretSelector> selectors = new ArrayList<>();

	private final int[] calls = new int[(int) HOUR.toSeconds() + 600];

	private final int[] allowed = new int[this.calls.length];

	private final List<Member> processes = new ArrayList<>();

	private final int[] throttled = new int[this.calls.length];

	FleetTests() {
		for (int i = 0; i < SECRETS; i++) {
			this.versions.put("fleet/" + i, 1);
			this.selectors.add(SecretSelector.current(new SecretId("fleet/" + i)));
		}
		for (int i = 0; i < PROCESSES; i++) {
			this.processes.add(new Member());
		}
	}

	private boolean take(boolean batch, long elapsed) {
		int second = (int) Duration.ofNanos(elapsed).toSeconds();
		this.calls[second]++;
		if (this.allowed[second] < (batch ? BATCHES : SINGLES)) {
			this.allowed[second]++;
			return true;
		}
		this.throttled[second]++;
		return false;
	}

	@Test
	void processesWhenTheyStartTogetherStartInTimeAndPollApart() {
		this.processes.forEach(Member::start);
		Duration slowest = this.processes.stream().map(Member::startTime).max(Duration::compareTo).orElseThrow();
		assertThat(this.processes).as(seed()).allMatch(Member::isStarted);
		assertThat(slowest).as(seed()).isLessThan(STARTUP_TIMEOUT);
		int atStart = Arrays.stream(this.throttled).sum();
		assertThat(atStart).as("throttled while all start").isPositive();
		this.time.advance(HOUR);
		// Without the first interval, in which the last ones started
		int[] steady = Arrays.copyOfRange(this.calls, 60, (int) HOUR.toSeconds());
		int peak = Arrays.stream(steady).max().orElseThrow();
		double mean = Arrays.stream(steady).average().orElseThrow();
		assertThat(Arrays.stream(this.throttled).skip(60).sum()).as("throttled after the start, %s", seed()).isZero();
		assertThat(peak).as(seed()).isLessThan(BATCHES);
		assertThat(mean).as(seed()).isBetween(16.5, 20.5);
		assertThat(this.processes).as(seed()).allMatch((process) -> process.polls() >= 59 && process.polls() <= 76);
		rotate();
		Proof.report(("%d processes of %d secrets: started in %d ms at most (%d calls throttled), then %.1f calls/s, "
				+ "%d in the busiest second; a rotation reached all in one interval; %s")
			.formatted(PROCESSES, SECRETS, slowest.toMillis(), atStart, mean, peak, seed()));
	}

	private void rotate() {
		this.versions.put("fleet/7", 2);
		this.time.advance(Duration.ofSeconds(61));
		assertThat(this.processes).as(seed()).allMatch((process) -> process.has("fleet/7", 2));
	}

	@Test
	void quotaWhenHalfOfWhatAStartNeedsIsNoticed() {
		for (int second = 0; second < STARTUP_TIMEOUT.toSeconds(); second++) {
			this.allowed[second] = BATCHES - 1;
		}
		this.processes.subList(0, 20).forEach(Member::start);
		assertThat(this.processes.subList(0, 20)).as(seed()).anyMatch((process) -> !process.isStarted());
	}

	private String seed() {
		return "-Dseed=" + this.seed;
	}

	private final class Member implements ChangeApplier {

		private final QuotaRetrieval retrieval = new QuotaRetrieval(FleetTests.this.time, FleetTests.this::take,
				FleetTests.this.versions, FleetTests.this.random.split());

		private final SecretSnapshots snapshots = new SecretSnapshots(() -> this.retrieval, STARTUP_TIMEOUT);

		private final List<WatchedSecret> uses = FleetTests.this.selectors.stream()
			.map((selector) -> new WatchedSecret(selector, Set.of(new KeySelector.Whole()), false))
			.toList();

		private final SecretsWatcher watcher = new SecretsWatcher(this.snapshots, () -> this.uses, this,
				WatchSettings.defaults(), List.of(), FleetTests.this.time, FleetTests.this.random.split(),
				FleetTests.this.time);

		private Duration startTime = Duration.ZERO;

		void start() {
			this.snapshots.retrieve(FleetTests.this.selectors);
			this.startTime = this.retrieval.elapsed();
			FleetTests.this.time.after(this.startTime, this.watcher::start);
		}

		@Override
		public void apply(Map<SecretSelector, SecretChange> changes) {
			this.watcher.acknowledge(this.watcher.promote(this.snapshots.staged()));
		}

		Duration startTime() {
			return this.startTime;
		}

		boolean isStarted() {
			return this.snapshots.current().versions().size() == SECRETS;
		}

		long polls() {
			return this.watcher.status().polls();
		}

		boolean has(String name, int version) {
			return this.snapshots.current()
				.outcome(SecretSelector.current(new SecretId(name))) instanceof SecretVersion inUse
					&& inUse.versionId().equals(QuotaRetrieval.versionId(version));
		}

	}

}
