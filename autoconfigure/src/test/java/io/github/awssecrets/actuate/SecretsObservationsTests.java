package io.github.awssecrets.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.InProcessRetrieval;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SecretsObservations}.
 */
class SecretsObservationsTests {

	private static final SecretSelector DB = SecretSelector.current(new SecretId("prod/db"));

	private static final SecretSelector GONE = SecretSelector.current(new SecretId("prod/gone"));

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Recorder recorder = new Recorder();

	private final SecretsObservations observations = new SecretsObservations(this.registry);

	SecretsObservationsTests() {
		this.registry.observationConfig().observationHandler(this.recorder);
	}

	@Test
	void aroundRetrievalWhenOverSaysHowManySecretsWereRetrieved() {
		retrieve(DB);
		retrieve(DB, GONE);
		retrieve(GONE);
		assertThat(this.recorder.stopped).containsExactly("aws.secrets.retrieval retrieve secrets outcome=success null",
				"aws.secrets.retrieval retrieve secrets outcome=partial null",
				"aws.secrets.retrieval retrieve secrets outcome=failed null");
	}

	private void retrieve(SecretSelector... selectors) {
		InProcessRetrieval retrieval = new InProcessRetrieval().secret(DB,
				SecretContent.ofText(Canary.value("prod/db", 1)));
		this.observations.aroundRetrieval(() -> {
			assertThat(this.registry.getCurrentObservation()).isNotNull();
			return retrieval.retrieve(List.of(selectors), Duration.ofSeconds(1));
		});
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void aroundRefreshWhenOverReturnsItsKeys() {
		assertThat(this.observations.aroundRefresh(() -> Set.of("app.key"))).containsExactly("app.key");
		assertThat(this.recorder.stopped).containsExactly("aws.secrets.refresh refresh secrets outcome=success null");
	}

	@Test
	void aroundRefreshWhenItFailsShowsTheClassAndNoValue() {
		Supplier<Set<String>> failing = () -> {
			throw new IllegalStateException("Cannot convert " + Canary.value("prod/db", 1));
		};
		assertThatIllegalStateException().isThrownBy(() -> this.observations.aroundRefresh(failing));
		assertThat(this.registry.getCurrentObservation()).isNull();
		assertThat(this.recorder.stopped).containsExactly(
				"aws.secrets.refresh refresh secrets outcome=failed " + "Failed with java.lang.IllegalStateException");
		this.recorder.errors
			.forEach((error) -> assertThat(CanaryScanner.scan("error of the observation", error)).isEmpty());
	}

	@Test
	void aroundRetrievalWhenNothingIsAskedForIsASuccess() {
		this.observations.aroundRetrieval(() -> new RetrievalReport(Map.of(), 0, Duration.ZERO, null));
		assertThat(this.recorder.stopped)
			.containsExactly("aws.secrets.retrieval retrieve secrets outcome=success null");
	}

	private static final class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> stopped = new ArrayList<>();

		private final List<Throwable> errors = new ArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			Throwable error = context.getError();
			if (error != null) {
				this.errors.add(error);
			}
			context.getLowCardinalityKeyValues()
				.forEach((tag) -> this.stopped
					.add("%s %s %s=%s %s".formatted(context.getName(), context.getContextualName(), tag.getKey(),
							tag.getValue(), (error != null) ? error.getMessage() : null)));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
