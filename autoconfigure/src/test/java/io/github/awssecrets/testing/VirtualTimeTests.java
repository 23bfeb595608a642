package io.github.awssecrets.testing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link VirtualTime}.
 */
class VirtualTimeTests {

	private final VirtualTime time = new VirtualTime();

	@Test
	void loopWhenItIsDueAtOnceAgainAndAgainFailsTheTest() {
		this.time.wake(() -> 0);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.time.advance(Duration.ofSeconds(1)))
			.withMessage("More than 10000 events within a millisecond, PT0S after the beginning: a busy loop");
	}

	@Test
	void loopWhenItRestsRunsAsOftenAsItLikes() {
		AtomicInteger runs = new AtomicInteger();
		this.time.wake(() -> {
			runs.incrementAndGet();
			return Duration.ofMillis(1).toNanos();
		});
		this.time.advance(Duration.ofSeconds(20));
		assertThat(runs).hasValue(20_001);
	}

}
