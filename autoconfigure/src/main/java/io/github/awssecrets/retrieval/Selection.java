package io.github.awssecrets.retrieval;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The selectors of one run, and what each asks for once the application's own Region is
 * known. A search for the Region, if there has to be one, is a task of the run.
 */
final class Selection {

	private final Set<SecretSelector> selectors;

	private Map<SecretSelector, Ask> asks = Map.of();

	private @Nullable String region;

	private boolean over;

	Selection(Set<SecretSelector> selectors) {
		this.selectors = selectors;
	}

	void start(RetrievalRun run) {
		String known = run.context().regions().known();
		if (known != null || this.selectors.stream().allMatch((selector) -> selector.region() != null)) {
			start(run, known, CallFailure.of(Cause.NO_REGION, null));
		}
		else {
			run.submit(run.context().singles(), List.of(), () -> search(run));
		}
	}

	private void search(RetrievalRun run) {
		try {
			start(run, run.context().regions().find(), CallFailure.of(Cause.NO_REGION, null));
		}
		catch (CallFailedException ex) {
			start(run, null, ex.failure());
		}
		catch (RuntimeException | LinkageError ex) {
			start(run, null, CallFailure.of(Cause.CLIENT_FAILED, ex.getClass().getName()));
		}
	}

	private void start(RetrievalRun run, @Nullable String region, CallFailure noRegion) {
		Map<SecretSelector, Ask> asks = new LinkedHashMap<>();
		this.selectors.forEach((selector) -> asks.put(selector, Ask.of(selector, region)));
		if (!set(asks, region)) {
			return;
		}
		Set<Ask> distinct = new LinkedHashSet<>(asks.values());
		run.open(distinct);
		run.fail(distinct.stream().filter((ask) -> ask.region() == null).toList(), noRegion);
		CallPlan.start(run, distinct);
	}

	private synchronized boolean set(Map<SecretSelector, Ask> asks, @Nullable String region) {
		if (this.over) {
			return false;
		}
		this.asks = asks;
		this.region = region;
		return true;
	}

	/**
	 * Return the outcomes of a run that is over. Nothing is started any more.
	 * @param run the run
	 * @return an outcome for everything asked for, in the order of the selectors
	 */
	synchronized Map<Ask, RetrievalOutcome> outcomes(RetrievalRun run) {
		this.over = true;
		Map<Ask, RetrievalOutcome> settled = run.settled();
		Map<Ask, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		for (SecretSelector selector : this.selectors) {
			Ask ask = ask(selector);
			RetrievalOutcome outcome = settled.get(ask);
			outcomes.put(ask, (outcome != null) ? outcome : run.ended().toFailure(ask, run.attempts(ask), null));
		}
		return outcomes;
	}

	/**
	 * Return the report on a run that is over.
	 * @param run the run
	 * @param outcomes an outcome for everything asked for
	 * @return the report
	 */
	synchronized RetrievalReport report(RetrievalRun run, Map<Ask, RetrievalOutcome> outcomes) {
		Map<SecretSelector, RetrievalOutcome> bySelector = new LinkedHashMap<>();
		this.selectors
			.forEach((selector) -> bySelector.put(selector, Objects.requireNonNull(outcomes.get(ask(selector)))));
		return new RetrievalReport(bySelector, run.callCount(), run.deadline().elapsed(), this.region);
	}

	private Ask ask(SecretSelector selector) {
		Ask ask = this.asks.get(selector);
		return (ask != null) ? ask : Ask.of(selector, null);
	}

}
