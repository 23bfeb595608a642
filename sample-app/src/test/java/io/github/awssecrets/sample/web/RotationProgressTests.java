package io.github.awssecrets.sample.web;

import java.time.Instant;
import java.util.Set;

import io.github.awssecrets.embedded.rotation.RotationEvent;
import io.github.awssecrets.embedded.rotation.RotationEvent.Phase;
import io.github.awssecrets.embedded.rotation.RotationException;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.sample.demo.DemoRotations;
import io.github.awssecrets.sample.load.QueryLog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RotationProgress} and {@link Events}.
 */
class RotationProgressTests {

	private static final String VERSION = "7179a0a0-1111-2222-3333-444455556666";

	private static final Instant TIME = Instant.parse("2026-11-22T14:02:31Z");

	private final Events events = new Events();

	private final RotationProgress progress = new RotationProgress(
			new StaticListableBeanFactory().getBeanProvider(DemoRotations.class), new QueryLog(), this.events);

	@Test
	void onEventWhenStepsSucceedSaysWhatEachDid() {
		long seconds = 0;
		for (RotationStep step : RotationStep.values()) {
			tell(step, Phase.STARTED, seconds, null);
			tell(step, Phase.COMPLETED, seconds, null);
			assertThat(latest().isUnderWay()).isEqualTo(step != RotationStep.FINISH_SECRET);
			seconds++;
		}
		assertThat(this.events.latest()).extracting(Event::text)
			.containsExactly(
					"prod/db: version 7179a0a0 is AWSCURRENT; while the database refused the one before: "
							+ "2.0 s with 0 queries served, 0 failed, 0 new connections",
					"prod/db: a login with AWSPENDING worked",
					"prod/db: the database has the new password and refuses that of AWSCURRENT",
					"prod/db: rotation has begun, version 7179a0a0 is AWSPENDING");
		assertThat(latest().applied()).isNull();
	}

	@Test
	void onEventWhenStepFailsSaysWhy() {
		tell(RotationStep.CREATE_SECRET, Phase.STARTED, 0, null);
		tell(RotationStep.CREATE_SECRET, Phase.FAILED, 0, new RotationException("No database"));
		assertThat(latest().failure()).isEqualTo("No database");
		assertThat(latest().isUnderWay()).isFalse();
		assertThat(this.events.latest().get(0).text()).isEqualTo("prod/db: createSecret failed: No database");
	}

	@Test
	void onEventWhenAnotherExceptionIsThrownShowsOnlyItsClass() {
		tell(RotationStep.CREATE_SECRET, Phase.STARTED, 0, null);
		tell(RotationStep.CREATE_SECRET, Phase.FAILED, 0, new IllegalStateException("private"));
		assertThat(latest().failure()).isEqualTo("IllegalStateException");
	}

	@Test
	void applyWhenVersionIsThatOfRotationEndsIt() {
		tell(RotationStep.CREATE_SECRET, Phase.STARTED, 0, null);
		this.progress.apply(new SecretRotatedEvent("dev/payment", "a", "b", Set.of()));
		assertThat(latest().applied()).isNull();
		this.progress.apply(new SecretRotatedEvent("prod/db", "a", VERSION, Set.of()));
		assertThat(latest().applied()).isNotNull();
	}

	@Test
	void addRotatedEventNamesVersionAndProperties() {
		this.events.add(new SecretRotatedEvent("prod/db", "a", VERSION, Set.of("b.c", "a.b")));
		assertThat(this.events.latest().get(0).text())
			.isEqualTo("prod/db: the application uses version 7179a0a0, in a.b, b.c");
	}

	@Test
	void addWhenThereAreManyKeepsTheNewest() {
		for (int i = 1; i <= 30; i++) {
			this.events.add("event " + i);
		}
		assertThat(this.events.latest()).hasSize(20).first().extracting(Event::text).isEqualTo("event 30");
	}

	private Progress latest() {
		return this.progress.latest().get(0);
	}

	private void tell(RotationStep step, Phase phase, long seconds, @Nullable Exception failure) {
		this.progress.onEvent(new RotationEvent("eu-west-1", "arn", "prod/db", VERSION, step, phase,
				TIME.plusSeconds(seconds), failure));
	}

}
