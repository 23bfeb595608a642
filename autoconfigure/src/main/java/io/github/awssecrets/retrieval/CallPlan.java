package io.github.awssecrets.retrieval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.retrieval.RegionMemory.Batches;

/**
 * Decides which calls a retrieval starts with. The current versions of a Region go into
 * as few batches as possible, except of secrets that made a batch fail before. What a
 * batch cannot say, another stage or a version id, and the only secret of a Region, which
 * takes one call either way and so no permission for batches, are asked for alone.
 */
final class CallPlan {

	private final List<List<Ask>> batches = new ArrayList<>();

	private final List<Ask> singles = new ArrayList<>();

	private boolean probe;

	/**
	 * Plan the calls to one Region.
	 * @param asks the secrets
	 * @param memory what is known of the Region
	 * @param timing the time
	 */
	private CallPlan(Collection<Ask> asks, RegionMemory memory, Timing timing) {
		List<Ask> current = new ArrayList<>();
		for (Ask ask : asks) {
			((ask.isCurrent() && !memory.isAlone(ask.id())) ? current : this.singles).add(ask);
		}
		Batches mode = takeBatch(current.size()) ? memory.batches(timing.nanoTime()) : Batches.DENIED;
		this.probe = mode == Batches.PROBE;
		for (int i = 0; i < current.size(); i += BatchCall.MAXIMUM_SIZE) {
			List<Ask> chunk = List.copyOf(current.subList(i, Math.min(current.size(), i + BatchCall.MAXIMUM_SIZE)));
			if (mode == Batches.ALLOWED || (this.probe && i == 0)) {
				this.batches.add(chunk);
			}
			else {
				this.singles.addAll(chunk);
			}
		}
	}

	/**
	 * Return whether current versions of one Region are asked for in a batch.
	 * @param count how many there are
	 * @return whether they are
	 */
	static boolean takeBatch(int count) {
		return count > 1;
	}

	/**
	 * Start the calls for what is open in a run.
	 * @param run the run
	 * @param asks the secrets
	 */
	static void start(RetrievalRun run, Collection<Ask> asks) {
		Map<String, List<Ask>> byRegion = new LinkedHashMap<>();
		for (Ask ask : asks) {
			if (ask.region() != null) {
				byRegion.computeIfAbsent(ask.region(), (region) -> new ArrayList<>()).add(ask);
			}
		}
		byRegion.forEach((region, regional) -> {
			CallPlan plan = new CallPlan(regional, run.context().memory(region), run.context().timing());
			plan.batches.forEach((batch) -> run.batch(batch, plan.probe));
			plan.singles.forEach(run::single);
		});
	}

}
