package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.awssecrets.reference.KeySelector;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * A watcher in virtual time, with an application that applies its changes and counts
 * that.
 */
final class Simulation {

	static final Duration INTERVAL = Duration.ofSeconds(60);

	/** What promise 2 allows. */
	static final Duration VISIBLE = INTERVAL.plusSeconds(1);

	final VirtualTime time = new VirtualTime();

	final SplittableRandom random;

	final SimulatedSecrets secrets;

	final SecretSnapshots snapshots;

	final Set<WatchedSecret> uses = new LinkedHashSet<>();

	final Recorder recorder = new Recorder();

	final List<Map<SecretSelector, SecretChange>> applied = new ArrayList<>();

	final SecretsWatcher watcher;

	/** What the application does with changes. */
	ChangeApplier applier = this::apply;

	long applications;

	Error usesFailure;

	Simulation(long seed) {
		this(seed, new WatchSettings(true, INTERVAL, WatchSettings.DEFAULT_JITTER));
	}

	Simulation(long seed, WatchSettings settings, WatchListener... listeners) {
		this.random = new SplittableRandom(seed);
		this.secrets = new SimulatedSecrets(this.time, this.random.split());
		this.snapshots = new SecretSnapshots(() -> this.secrets, Duration.ofSeconds(30));
		List<WatchListener> all = new ArrayList<>(List.of(listeners));
		all.add(this.recorder);
		this.watcher = new SecretsWatcher(this.snapshots, this::uses, (changes) -> this.applier.apply(changes),
				settings, all, this.time, this.random.split(), this.time);
	}

	private List<WatchedSecret> uses() {
		if (this.usesFailure != null) {
			throw this.usesFailure;
		}
		return List.copyOf(this.uses);
	}

	/**
	 * Use a key of a secret, which is retrieved now.
	 */
	Simulation use(String name, String... keys) {
		Set<KeySelector> selectors = new LinkedHashSet<>();
		for (String key : keys) {
			selectors.add(new KeySelector.Exact(key));
		}
		use(new WatchedSecret(SimulatedSecrets.selector(name), selectors, false));
		return this;
	}

	void use(WatchedSecret secret) {
		this.uses.add(secret);
		this.snapshots.outcome(secret.selector());
	}

	void apply(Map<SecretSelector, SecretChange> changes) {
		this.applications++;
		this.applied.add(changes);
		this.time.spend(Duration.ofMillis(50 + this.random.nextInt(250)));
		applyStaged();
	}

	void applyStaged() {
		this.watcher.acknowledge(this.watcher.promote(this.snapshots.staged()));
	}

	@Nullable String inUse(String name) {
		RetrievalOutcome outcome = this.snapshots.current().outcome(SimulatedSecrets.selector(name));
		return (outcome instanceof SecretVersion version) ? version.versionId() : null;
	}

	SecretStatus status(String name) {
		return this.watcher.status()
			.secrets()
			.stream()
			.filter((secret) -> secret.selector().equals(SimulatedSecrets.selector(name)))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Let time pass until a version is in use.
	 * @return whether that was in time
	 */
	boolean sees(String name, int version, Duration within) {
		String id = SimulatedSecrets.id(version);
		return this.time.advanceUntil(() -> id.equals(inUse(name)), within);
	}

	/**
	 * Remembers what it is told.
	 */
	static final class Recorder implements WatchListener {

		final List<String> events = new ArrayList<>();

		final Map<String, Integer> counts = new LinkedHashMap<>();

		@Override
		public void accepted(SecretSelector secret, SecretChange change) {
			add("accepted", "%s %s".formatted(secret.id(), change.newVersionId()));
		}

		@Override
		public void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
				String reason) {
			add("rejected", "%s %s, %s".formatted(secret.id(), rejectedVersionId, reason));
		}

		@Override
		public void failing(List<SecretStatus> secrets) {
			secrets.forEach((secret) -> add("failing",
					"%s %s %s".formatted(secret.selector().id(), secret.state(), secret.failure().cause())));
		}

		@Override
		public void recovered(List<SecretStatus> secrets) {
			secrets.forEach((secret) -> add("recovered", secret.selector().id().value()));
		}

		@Override
		public void pollFailed(Throwable failure) {
			add("pollFailed", failure.getClass().getSimpleName());
		}

		@Override
		public void notApplied(@Nullable Throwable failure, int pending, Duration nextAttempt) {
			add("notApplied", (failure != null) ? failure.getClass().getSimpleName() : "not acknowledged");
		}

		@Override
		public void applyHangs(Duration elapsed) {
			add("applyHangs", elapsed.toString());
		}

		private void add(String kind, String text) {
			this.counts.merge(kind, 1, Integer::sum);
			if (this.events.size() < 10_000) {
				this.events.add(kind + " " + text);
			}
		}

		int count(String kind) {
			return this.counts.getOrDefault(kind, 0);
		}

	}

}
