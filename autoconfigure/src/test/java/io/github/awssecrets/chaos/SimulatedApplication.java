package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.ChangeApplier;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.VirtualPolls;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * An application that has the values of secrets in its beans, from when they were last
 * refreshed.
 */
final class SimulatedApplication implements ChangeApplier {

	private final VirtualTime time;

	private final SecretSnapshots snapshots;

	private final Reading reading;

	private final Told told;

	private final @Nullable Bug bug;

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Map<SecretSelector, String> beans = new HashMap<>();

	private @Nullable SecretsWatcher watcher;

	private int applications;

	private boolean refused;

	SimulatedApplication(VirtualTime time, SecretSnapshots snapshots, Reading reading, Told told, @Nullable Bug bug) {
		this.time = time;
		this.snapshots = snapshots;
		this.reading = reading;
		this.told = told;
		this.bug = bug;
	}

	void follow(SecretsWatcher followed) {
		this.watcher = followed;
	}

	void start() {
		refreshBeans();
	}

	Runnable begin(Fault fault) {
		this.faults.merge(fault, 1, Integer::sum);
		return () -> {
			this.faults.computeIfPresent(fault, (key, count) -> (count > 1) ? count - 1 : null);
			if (isReady() && this.watcher != null && !this.watcher.pending().isEmpty()) {
				VirtualPolls.wake(this.watcher);
			}
		};
	}

	private boolean is(Fault fault) {
		return this.faults.containsKey(fault);
	}

	@Override
	public boolean isReady() {
		return !is(Fault.NOT_READY);
	}

	@Override
	public void apply(Map<SecretSelector, SecretChange> changes) {
		this.applications++;
		Invariant.EVENTS_EQUAL_CHANGES.require(!changes.isEmpty(), "a refresh without a change");
		this.time.spend(is(Fault.REFRESH_HANGS) ? Duration.ofSeconds(45) : Duration.ofMillis(150));
		if (Bug.NEVER_APPLIES.is(this.bug)) {
			this.snapshots.promote(this.snapshots.staged());
			return;
		}
		refresh();
	}

	/**
	 * Do what a refresh does, whoever asked for it.
	 */
	void refresh() {
		if (is(Fault.REFRESH_FAILS)) {
			if (Bug.FORGETS_WHAT_FAILED.is(this.bug)) {
				acknowledge(promoteStaged());
				return;
			}
			throw new IllegalStateException("A bean cannot be bound");
		}
		if (is(Fault.OUT_OF_MEMORY)) {
			throw new OutOfMemoryError("Java heap space");
		}
		if (is(Fault.REFRESH_REFUSES)) {
			refuse();
		}
		if (is(Fault.REFRESH_SILENT)) {
			return;
		}
		Map<SecretSelector, SecretChange> changes = promote();
		if (is(Fault.REFRESH_FAILS_LATE)) {
			throw new IllegalStateException("A listener to the change failed");
		}
		refreshBeans();
		if (Bug.APPLIES_ONE_BY_ONE.is(this.bug) && !changes.isEmpty()) {
			acknowledge(Map.ofEntries(changes.entrySet().iterator().next()));
			return;
		}
		acknowledge(changes);
		if (Bug.REPEATS_AN_EVENT.is(this.bug)) {
			this.watcher.acknowledge(changes);
		}
	}

	private void refuse() {
		this.watcher.pending().forEach((selector, change) -> {
			if (!this.refused && change.after() instanceof SecretVersion) {
				this.refused = true;
				this.watcher.reject(Map.of(selector, "property 'app.port' is not a number"));
			}
		});
	}

	private Map<SecretSelector, SecretChange> promote() {
		return Bug.MIXES_VERSIONS.is(this.bug) ? this.reading.duringChange(this::promoteStaged)
				: this.snapshots.consistently(() -> this.reading.duringChange(this::promoteStaged));
	}

	private Map<SecretSelector, SecretChange> promoteStaged() {
		Map<SecretSelector, SecretChange> changes = this.watcher.promote(this.snapshots.staged());
		return (changes != null) ? changes : Map.of();
	}

	private void acknowledge(Map<SecretSelector, SecretChange> changes) {
		changes.forEach((selector, change) -> {
			if (change.after() instanceof SecretVersion version) {
				Invariant.EVENTS_EQUAL_CHANGES.require(this.told.wasAccepted(version),
						"%s has a version that nobody was told to be accepted", selector.id());
			}
		});
		this.told.expect(changes);
		this.watcher.acknowledge(changes);
	}

	private void refreshBeans() {
		for (SecretSelector selector : this.reading.selectors()) {
			this.beans.put(selector, versionId(this.snapshots.current().outcome(selector)));
		}
	}

	static @Nullable String versionId(@Nullable RetrievalOutcome outcome) {
		return (outcome instanceof SecretVersion version) ? version.versionId() : null;
	}

	/**
	 * Return the version that beans have.
	 */
	@Nullable String inBeans(SecretSelector selector) {
		return this.beans.get(selector);
	}

	int applications() {
		return this.applications;
	}

	/**
	 * Return whether a version was refused that AWS still has, perhaps.
	 */
	boolean takeRefused() {
		boolean taken = this.refused;
		this.refused = false;
		return taken;
	}

}
