package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;
import io.github.awssecrets.snapshot.Snapshot.VersionKey;

/**
 * Takes in what a retrieval brought: decides on each secret, remembers that, and collects
 * what follows.
 */
final class Evaluation {

	/** The time after which another retrieval confirms a move to an earlier version. */
	static final Duration CONFIRMATION = Duration.ofSeconds(2);

	private final WatchedSecrets secrets;

	private final Snapshot inUse;

	private final RetrievalReport report;

	private final Pauses pauses;

	private final long started;

	private final long nanoTime;

	private final Instant now;

	private final Map<SecretSelector, RetrievalOutcome> accepted = new LinkedHashMap<>();

	private final Map<SecretSelector, SecretChange> changes = new LinkedHashMap<>();

	private final Map<SecretSelector, String> rejected = new LinkedHashMap<>();

	private final Map<SecretSelector, RetrievalFailure> failures = new LinkedHashMap<>();

	private final Set<SecretSelector> unconfirmed = new LinkedHashSet<>();

	private final Notices notices;

	private final List<SecretStatus> failing = new ArrayList<>();

	private final List<SecretStatus> recovered = new ArrayList<>();

	private final Set<Object> told = new HashSet<>();

	/**
	 * Evaluate a retrieval.
	 * @param secrets the watched secrets
	 * @param inUse the snapshot that is in use, or will be
	 * @param report what was retrieved
	 * @param pauses decides when failing secrets are asked for again
	 * @param started when the retrieval began, by the stopwatch
	 * @param clock the clock
	 * @param notices takes what listeners should be told
	 */
	Evaluation(WatchedSecrets secrets, Snapshot inUse, RetrievalReport report, Pauses pauses, long started,
			WatchClock clock, Notices notices) {
		this.secrets = secrets;
		this.inUse = inUse;
		this.report = report;
		this.pauses = pauses;
		this.started = started;
		this.nanoTime = clock.nanoTime();
		this.now = clock.now();
		this.notices = notices;
		report.outcomes().forEach(this::evaluate);
		boolean answered = report.outcomes()
			.entrySet()
			.stream()
			.anyMatch((entry) -> isAnswer(entry.getKey(), entry.getValue()));
		this.failures.forEach((selector, failure) -> askApart(selector, failure, answered));
		if (!this.failing.isEmpty()) {
			notices.add((listener) -> listener.failing(List.copyOf(this.failing)));
		}
		if (!this.recovered.isEmpty()) {
			notices.add((listener) -> listener.recovered(List.copyOf(this.recovered)));
		}
	}

	private void evaluate(SecretSelector selector, RetrievalOutcome retrieved) {
		TrackedSecret secret = this.secrets.get(selector);
		RetrievalOutcome before = this.inUse.outcome(selector);
		if (secret == null || before == null || !secret.evaluate(this.started)) {
			return;
		}
		Decision decision = decide(secret, before, retrieved);
		boolean failed = decision instanceof Decision.Failing || decision instanceof Decision.Gone;
		if (failed) {
			failed(secret, before, (RetrievalFailure) retrieved, decision instanceof Decision.Gone);
		}
		else {
			boolean wasFailing = secret.answered(this.now, retrieved);
			secret.retrieveTogether();
			take(secret, before, decision);
			if (wasFailing) {
				this.recovered.add(secret.status(before, null, null));
			}
		}
	}

	private Decision decide(TrackedSecret secret, RetrievalOutcome before, RetrievalOutcome retrieved) {
		if (!(retrieved instanceof SecretVersion version) || version.isSameAs(before)) {
			return Acceptance.decide(secret.use(), before, retrieved, (id) -> false, false);
		}
		SecretSelector selector = secret.use().selector();
		SecretMemory memory = this.secrets.memory(selector, version);
		String refusal = memory.refusal(version.versionId());
		if (refusal != null) {
			return new Decision.Rejected(version, refusal);
		}
		WatchedSecret use = this.secrets.use(secret, version, this.inUse, this.report.outcomes());
		// Another spelling of the same secret has been accepted just now
		boolean confirmed = this.told.contains(VersionKey.of(selector, version))
				|| secret.isConfirmed(version, this.started);
		return Acceptance.decide(use, before, retrieved, memory::wasHeld, confirmed);
	}

	private void failed(TrackedSecret secret, RetrievalOutcome before, RetrievalFailure failure, boolean gone) {
		this.failures.put(secret.use().selector(), failure);
		if (secret.failed(this.now, this.nanoTime, failure, gone)) {
			this.failing.add(secret.status(before, null, null));
		}
	}

	private void take(TrackedSecret secret, RetrievalOutcome before, Decision decision) {
		SecretSelector selector = secret.use().selector();
		if (decision instanceof Decision.Accepted decided) {
			accept(secret, before, decided.outcome());
		}
		else if (decision instanceof Decision.Rejected rejection) {
			reject(secret, before, rejection);
		}
		else if (decision instanceof Decision.ToBeConfirmed toConfirm) {
			secret.confirmLater(toConfirm.version(), this.nanoTime + CONFIRMATION.toNanos());
			this.unconfirmed.add(selector);
		}
		else {
			secret.unchanged();
		}
	}

	private void accept(TrackedSecret secret, RetrievalOutcome before, RetrievalOutcome outcome) {
		SecretSelector selector = secret.use().selector();
		secret.accepted(this.now);
		this.accepted.put(selector, outcome);
		SecretChange change = new SecretChange(before, outcome);
		this.changes.put(selector, change);
		if (before instanceof SecretVersion old) {
			this.secrets.memory(selector, old).hold(old.versionId());
		}
		if (this.told.add((outcome instanceof SecretVersion version) ? VersionKey.of(selector, version) : selector)) {
			this.notices.add((listener) -> listener.accepted(selector, change));
		}
	}

	private void reject(TrackedSecret secret, RetrievalOutcome before, Decision.Rejected rejection) {
		SecretSelector selector = secret.use().selector();
		SecretVersion version = rejection.version();
		secret.rejected(this.now, rejection);
		this.rejected.put(selector, rejection.reason());
		if (this.secrets.memory(selector, version).report(version.versionId(), rejection.reason())) {
			String inUseId = (before instanceof SecretVersion old) ? old.versionId() : null;
			String versionId = version.versionId();
			String reason = rejection.reason();
			this.notices.add((listener) -> listener.rejected(selector, inUseId, versionId, reason));
		}
	}

	/**
	 * Ask apart for a secret that keeps others waiting. If nothing was answered, it is
	 * not the secret's fault; once asked for apart, it stays so until it answers.
	 */
	private void askApart(SecretSelector selector, RetrievalFailure failure, boolean answered) {
		TrackedSecret secret = this.secrets.get(selector);
		if (secret == null) {
			return;
		}
		ApartLane lane = ApartLane.of(selector, failure);
		if (lane == null) {
			secret.retrieveTogether();
		}
		else if (answered || secret.lane() != null) {
			int attempts = secret.retrieveApart(lane);
			// A pause after this attempt, but never more than the longest one after its
			// start
			long latest = Math.max(this.nanoTime, this.started + this.pauses.longest());
			secret.attempt().set(Math.min(this.nanoTime + this.pauses.pause(attempts), latest));
		}
	}

	private static boolean isAnswer(SecretSelector selector, RetrievalOutcome outcome) {
		return !(outcome instanceof RetrievalFailure failure)
				|| (failure.cause() != Cause.CANCELLED && ApartLane.of(selector, failure) == null);
	}

	Map<SecretSelector, RetrievalOutcome> accepted() {
		return this.accepted;
	}

	PollReport toReport() {
		return new PollReport(this.report.outcomes().size(), this.report.calls(), this.report.elapsed(), this.changes,
				this.rejected, this.failures, this.unconfirmed, null);
	}

}
