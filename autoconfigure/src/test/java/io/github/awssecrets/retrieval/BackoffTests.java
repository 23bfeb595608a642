package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Backoff}.
 */
class BackoffTests {

	@ParameterizedTest
	@CsvSource({ "1, 100", "2, 200", "3, 400", "6, 3200", "7, 5000", "1000, 5000" })
	void afterIsSpreadEvenlyUpToABoundThatDoubles(int attempts, long bound) {
		Backoff backoff = new Backoff(new Random(1));
		List<Duration> pauses = IntStream.range(0, 2000).mapToObj((i) -> backoff.after(attempts)).toList();
		assertThat(pauses).allMatch((pause) -> !pause.isNegative() && pause.toMillis() <= bound);
		double mean = pauses.stream().mapToLong(Duration::toNanos).average().orElseThrow() / 1e6;
		assertThat(mean).isBetween(bound * 0.45, bound * 0.55);
	}

}
