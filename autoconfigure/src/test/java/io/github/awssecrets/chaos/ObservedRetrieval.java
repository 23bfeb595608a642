package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.retrieval.VirtualRetrieval;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * A retrieval, each report of which is held against what AWS did to it.
 */
final class ObservedRetrieval implements SecretRetrieval {

	private static final int BATCH = 20;

	/** What a retrieval may repeat in all, and a throttled call in ten seconds. */
	private static final int REPEATS = 25;

	private static final int THROTTLED_REPEATS = 60;

	private final VirtualRetrieval retrieval;

	private final SimulatedAws aws;

	private final VirtualTime time;

	private final @Nullable Bug bug;

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private Runnable onStart = () -> {
	};

	private long count;

	ObservedRetrieval(VirtualRetrieval retrieval, SimulatedAws aws, VirtualTime time, @Nullable Bug bug) {
		this.retrieval = retrieval;
		this.aws = aws;
		this.time = time;
		this.bug = bug;
	}

	Runnable begin(Fault fault) {
		this.faults.merge(fault, 1, Integer::sum);
		return () -> this.faults.computeIfPresent(fault, (key, count) -> (count > 1) ? count - 1 : null);
	}

	/**
	 * Do something when the next retrieval starts.
	 */
	void onNextStart(Runnable action) {
		this.onStart = action;
	}

	/**
	 * Return the number of retrievals so far.
	 */
	long count() {
		return this.count;
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		this.count++;
		Runnable action = this.onStart;
		this.onStart = () -> {
		};
		action.run();
		if (this.faults.containsKey(Fault.OUT_OF_MEMORY)) {
			throw new OutOfMemoryError("Java heap space");
		}
		this.aws.beginRetrieval();
		RetrievalReport report = this.retrieval.retrieve(selectors, timeout);
		if (Bug.ASKS_TWICE.is(this.bug)) {
			report = this.retrieval.retrieve(selectors, timeout);
		}
		report = withBug(report);
		check(new LinkedHashSet<>(selectors), report, this.retrieval.elapsed().compareTo(timeout) >= 0);
		if (this.faults.containsKey(Fault.RETRIEVAL_STUCK)) {
			this.time.spend(Duration.ofSeconds(50));
		}
		return report;
	}

	private void check(Set<SecretSelector> selectors, RetrievalReport report, boolean late) {
		Invariant.FAILURES_ARE_NAMED.require(report.outcomes().keySet().equals(selectors),
				"a retrieval did not answer what was asked for");
		report.outcomes().forEach((selector, outcome) -> {
			if (outcome instanceof RetrievalFailure failure) {
				check(selector, failure, late);
			}
		});
		long singles = selectors.size();
		long batches = (singles + BATCH - 1) / BATCH;
		if (this.aws.gaveNothingBad() && this.aws.calls() <= singles + batches + this.aws.endlessPages()) {
			return;
		}
		long most = batches + 2 * singles + REPEATS
				+ Math.min(this.aws.throttled(), THROTTLED_REPEATS * (batches + singles));
		Invariant.CALLS_ARE_FEW.require(!this.aws.gaveNothingBad() && this.aws.calls() <= most,
				"%d calls for %d secrets, %d of them throttled", this.aws.calls(), singles, this.aws.throttled());
	}

	private void check(SecretSelector selector, RetrievalFailure failure, boolean late) {
		Invariant.FAILURES_ARE_NAMED.require(failure.id().equals(selector.id()), "a failure of %s names %s",
				selector.id(), failure.id());
		Set<Cause> given = this.aws.given(selector.id().name());
		Invariant.FAILURES_ARE_NAMED.require(
				given.contains(failure.cause()) || (late && failure.cause() == Cause.TIMED_OUT),
				"%s failed with %s, and AWS gave %s", selector.id(), failure.cause(), given);
		Invariant.NOTHING_LEAKS.require(!LogLeaks.leaks(failure.toString()), "a failure holds a value");
	}

	private RetrievalReport withBug(RetrievalReport report) {
		Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		report.outcomes().forEach((selector, outcome) -> {
			RetrievalOutcome changed = outcome;
			if (outcome instanceof RetrievalFailure failure && Bug.BLAMES_ANOTHER_SECRET.is(this.bug)) {
				changed = RetrievalFailure.of(failure.cause(), new SecretId("chaos/none"), failure.region());
			}
			else if (outcome instanceof RetrievalFailure failure && Bug.BLAMES_ANOTHER_CAUSE.is(this.bug)) {
				changed = RetrievalFailure.of(Cause.INVALID_REQUEST, failure.id(), failure.region());
			}
			else if (outcome instanceof SecretVersion version && Bug.STRIPS_VALUES.is(this.bug)) {
				changed = new SecretVersion(version.arn(), version.name(), version.region(), version.versionId(),
						version.stages(), SecretContent.ofText(version.content().whole().replace("\\u0000", "")),
						version.created(), version.retrieved());
			}
			outcomes.put(selector, changed);
		});
		return new RetrievalReport(outcomes, report.calls(), report.elapsed(), report.region());
	}

	@Override
	public void close() {
		this.retrieval.close();
	}

}
