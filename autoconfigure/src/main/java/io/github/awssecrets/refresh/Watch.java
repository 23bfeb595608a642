package io.github.awssecrets.refresh;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.snapshot.SecretSnapshots;

/**
 * What the parts of a watcher share. All of their state is guarded by the monitor, which
 * is never held while secrets are retrieved, changes are applied, or anything foreign is
 * called.
 *
 * @param monitor guards the state
 * @param snapshots the snapshots
 * @param uses tells what is in use
 * @param secrets the watched secrets
 * @param settings the settings
 * @param clock the time
 * @param random the randomness
 * @param threads the threads
 * @param pauses the pauses after failures
 * @param notices what listeners have to be told
 */
record Watch(Object monitor, SecretSnapshots snapshots, Supplier<? extends Collection<WatchedSecret>> uses,
		WatchedSecrets secrets, WatchSettings settings, WatchClock clock, RandomGenerator random, WatchThreads threads,
		Pauses pauses, Notices notices) {

	/**
	 * Take in what was retrieved.
	 * @param report what was retrieved
	 * @param started when the retrieval began, by the stopwatch
	 * @return what follows; what is accepted is staged
	 */
	Evaluation evaluate(RetrievalReport report, long started) {
		Evaluation evaluation = new Evaluation(this.secrets, this.snapshots.staged(), report, this.pauses, started,
				this.clock, this.notices);
		if (!evaluation.accepted().isEmpty()) {
			this.snapshots.stage(evaluation.accepted());
		}
		return evaluation;
	}

}
