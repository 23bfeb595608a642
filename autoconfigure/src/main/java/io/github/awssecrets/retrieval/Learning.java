package io.github.awssecrets.retrieval;

import java.util.Map;

import io.github.awssecrets.retrieval.RetrievalRun.Split;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a finished run what later ones should know: a secret that answered may go
 * into batches (again), and one that failed like its batch, alone and while others of
 * that batch were answered, may not. If nothing of a batch was answered, none of its
 * secrets is to blame.
 */
final class Learning {

	private Learning() {
	}

	static void from(RetrievalRun run, Map<Ask, RetrievalOutcome> outcomes) {
		outcomes.forEach((ask, outcome) -> {
			if (ask.isCurrent() && outcome instanceof SecretVersion) {
				run.context().memory(ask.requireRegion()).answered(ask.id());
			}
		});
		run.splits().forEach((split) -> blame(run, split, outcomes));
	}

	private static void blame(RetrievalRun run, Split split, Map<Ask, RetrievalOutcome> outcomes) {
		if (split.asks().stream().noneMatch((ask) -> isAnswer(outcomes.get(ask)))) {
			return;
		}
		for (Ask ask : split.asks()) {
			if (outcomes.get(ask) instanceof RetrievalFailure failure && isLike(failure, split.failure())) {
				run.context().memory(ask.requireRegion()).askAlone(ask.id());
			}
		}
	}

	private static boolean isAnswer(@Nullable RetrievalOutcome outcome) {
		return outcome instanceof SecretVersion || (outcome instanceof RetrievalFailure failure && !isTransient(failure)
				&& failure.errorCode() != null);
	}

	private static boolean isLike(RetrievalFailure failure, CallFailure ofBatch) {
		return isTransient(failure) ? ofBatch.isTransient() : failure.cause() == ofBatch.cause();
	}

	private static boolean isTransient(RetrievalFailure failure) {
		return CallFailure.of(failure.cause(), null).isTransient();
	}

}
