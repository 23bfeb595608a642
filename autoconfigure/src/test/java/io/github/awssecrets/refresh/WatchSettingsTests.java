package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link WatchSettings} and {@link Pauses}.
 */
class WatchSettingsTests {

	private final SplittableRandom random = new SplittableRandom(1);

	@Test
	void createWhenIntervalIsOutOfRangeSaysSo() {
		for (Duration interval : new Duration[] { Duration.ofMillis(999), Duration.ZERO, Duration.ofDays(366) }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new WatchSettings(true, interval, 0))
				.withMessage("The interval must be between 1 s and 365 days");
		}
	}

	@Test
	void createWhenIntervalIsTheShortestOrLongestHasIt() {
		for (Duration interval : new Duration[] { WatchSettings.MINIMUM_INTERVAL, WatchSettings.MAXIMUM_INTERVAL }) {
			assertThat(new WatchSettings(true, interval, 0).interval()).isEqualTo(interval);
		}
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY })
	void createWhenJitterIsOutOfRangeSaysSo(double jitter) {
		assertThatIllegalArgumentException().isThrownBy(() -> new WatchSettings(true, Duration.ofSeconds(1), jitter))
			.withMessage("The jitter must be between 0 and 1");
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.2, 1 })
	void gapIsBetweenIntervalWithoutJitterAndInterval(double jitter) {
		WatchSettings settings = new WatchSettings(true, Duration.ofSeconds(100), jitter);
		long least = Long.MAX_VALUE;
		long most = 0;
		for (int i = 0; i < 10_000; i++) {
			long gap = settings.gap(this.random);
			least = Math.min(least, gap);
			most = Math.max(most, gap);
			assertThat(settings.phase(this.random)).isBetween(0L, settings.interval().toNanos());
		}
		assertThat(Duration.ofNanos(least)).isBetween(Duration.ofMillis((long) (100_000 * (1 - jitter))),
				Duration.ofMillis((long) (100_000 * (1 - jitter)) + 100));
		assertThat(Duration.ofNanos(most)).isBetween(Duration.ofMillis(99_900), Duration.ofSeconds(100));
	}

	@Test
	void phaseAndGapWhenRandomIsLowestOrHighestAreTheirBounds() {
		WatchSettings settings = new WatchSettings(true, Duration.ofSeconds(100), 0.25);
		assertThat(settings.phase(new Lowest())).isZero();
		assertThat(settings.phase(new Highest())).isEqualTo(Duration.ofSeconds(100).toNanos());
		assertThat(settings.gap(new Lowest())).isEqualTo(Duration.ofSeconds(100).toNanos());
		assertThat(settings.gap(new Highest())).isEqualTo(Duration.ofSeconds(75).toNanos());
	}

	@Test
	void pausesWhenRandomIsLowestOrHighestAreTheirBounds() {
		Pauses longest = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(60), new Lowest());
		Pauses shortest = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(60), new Highest());
		for (int attempt = 1; attempt < 100; attempt++) {
			Duration bound = Duration.ofSeconds(Math.min(60, 1L << Math.min(attempt - 1, 10)));
			assertThat(longest.pause(attempt)).isEqualTo(bound.toNanos());
			assertThat(shortest.pause(attempt)).isEqualTo(bound.dividedBy(2).toNanos());
		}
		assertThat(longest.longest()).isEqualTo(Duration.ofSeconds(60).toNanos());
	}

	@Test
	void pausesWhenAttemptsFailDoubleUpToTheLongest() {
		Pauses pauses = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(60), this.random);
		for (int attempt = 1; attempt < 100; attempt++) {
			Duration bound = Duration.ofSeconds(Math.min(60, 1L << Math.min(attempt - 1, 10)));
			assertThat(Duration.ofNanos(pauses.pause(attempt))).isBetween(bound.dividedBy(2), bound);
		}
	}

	@Test
	void pausesWhenLongestIsShorterThanFirstAreNeverLonger() {
		Pauses pauses = new Pauses(Duration.ofSeconds(5), Duration.ofSeconds(1), this.random);
		assertThat(pauses.pause(Integer.MAX_VALUE)).isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
	}

	/**
	 * The lowest number that may be drawn.
	 */
	private static final class Lowest implements RandomGenerator {

		@Override
		public long nextLong() {
			return 0;
		}

		@Override
		public long nextLong(long bound) {
			return 0;
		}

	}

	/**
	 * The highest number that may be drawn.
	 */
	private static final class Highest implements RandomGenerator {

		@Override
		public long nextLong() {
			return Long.MAX_VALUE;
		}

		@Override
		public long nextLong(long bound) {
			return bound - 1;
		}

	}

}
