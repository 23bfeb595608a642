package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollReport;
import io.github.awssecrets.refresh.SecretStatus;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told, held against what it has to be told.
 */
final class Told implements WatchListener {

	private final Set<String> accepted = new HashSet<>();

	private final Queue<Map<SecretSelector, SecretChange>> expected = new ArrayDeque<>();

	private final @Nullable Bug bug;

	private boolean dropped;

	Invariant.@Nullable Violation violation;

	Told(@Nullable Bug bug) {
		this.bug = bug;
	}

	/**
	 * Say that changes were acknowledged.
	 */
	void expect(Map<SecretSelector, SecretChange> changes) {
		if (!changes.isEmpty()) {
			this.expected.add(Map.copyOf(changes));
		}
	}

	boolean wasAccepted(SecretVersion version) {
		return this.accepted.contains(version.versionId());
	}

	/**
	 * Fail if something is left that was not told.
	 */
	void requireAll() {
		Invariant.EVENTS_EQUAL_CHANGES.require(this.expected.isEmpty(), "nobody was told of %d changes",
				this.expected.size());
	}

	void check() {
		if (this.violation != null) {
			throw this.violation;
		}
	}

	@Override
	public void accepted(SecretSelector secret, SecretChange change) {
		scan(change);
		if (change.after() instanceof SecretVersion version) {
			this.accepted.add(version.versionId());
			if (Bug.LOGS_VALUES.is(this.bug)) {
				LogLeaks.logger().info("Rotated to " + version.content().whole());
			}
		}
	}

	@Override
	public void applied(Map<SecretSelector, SecretChange> changes) {
		scan(changes);
		if (Bug.DROPS_AN_EVENT.is(this.bug) && !this.dropped) {
			this.dropped = true;
			return;
		}
		Map<SecretSelector, SecretChange> next = this.expected.poll();
		if (!changes.equals(next)) {
			note(Invariant.EVENTS_EQUAL_CHANGES.violated("told of %d changes, which are not the %d acknowledged ones",
					changes.size(), (next != null) ? next.size() : 0));
		}
	}

	@Override
	public void polled(PollReport report) {
		scan(report);
	}

	@Override
	public void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
			String reason) {
		scan(reason);
	}

	@Override
	public void failing(List<SecretStatus> secrets) {
		scan(secrets);
	}

	@Override
	public void recovered(List<SecretStatus> secrets) {
		scan(secrets);
	}

	@Override
	public void pollFailed(Throwable failure) {
		scan(failure);
	}

	@Override
	public void notApplied(@Nullable Throwable failure, int pending, Duration nextAttempt) {
		scan(String.valueOf(failure));
	}

	private void scan(Object told) {
		if (LogLeaks.leaks(told.toString())) {
			note(Invariant.NOTHING_LEAKS.violated("a listener is told a value"));
		}
	}

	/* What a listener throws does no harm, and so would not be seen */
	private void note(Invariant.Violation seen) {
		this.violation = (this.violation != null) ? this.violation : seen;
	}

}
