package io.github.awssecrets.actuate;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.awssecrets.refresh.RefreshListener;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observes retrievals and refreshes, each of which becomes a timer and, where there is a
 * tracer, a span.
 */
public final class SecretsObservations implements RetrievalListener, RefreshListener {

	private static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	/**
	 * Create observations.
	 * @param registry the registry
	 */
	public SecretsObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public RetrievalReport aroundRetrieval(Supplier<RetrievalReport> retrieval) {
		Observation observation = start("aws.secrets.retrieval", "retrieve secrets");
		return observe(observation, retrieval, SecretsObservations::outcome);
	}

	@Override
	public Set<String> aroundRefresh(Supplier<Set<String>> refresh) {
		Observation observation = start("aws.secrets.refresh", "refresh secrets");
		return observe(observation, refresh, (keys) -> "success");
	}

	private Observation start(String name, String words) {
		return Observation.start(name, this.registry).contextualName(words);
	}

	private static <T> T observe(Observation observation, Supplier<T> work, Function<T, String> outcome) {
		Observation.Scope scope = observation.openScope();
		try {
			T result = work.get();
			observation.lowCardinalityKeyValue(OUTCOME, outcome.apply(result));
			return result;
		}
		catch (RuntimeException | Error ex) {
			observation.lowCardinalityKeyValue(OUTCOME, "failed");
			observation.error(new FailedException(ex));
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	private static String outcome(RetrievalReport report) {
		int failures = report.failures().size();
		if (failures == 0) {
			return "success";
		}
		return report.versions().isEmpty() ? "failed" : "partial";
	}

	/**
	 * Stands for an exception whose message may hold a value, which tracers would export.
	 */
	private static final class FailedException extends Exception {

		private static final long serialVersionUID = 1L;

		FailedException(Throwable failure) {
			super("Failed with " + failure.getClass().getName(), null, false, false);
		}

	}

}
