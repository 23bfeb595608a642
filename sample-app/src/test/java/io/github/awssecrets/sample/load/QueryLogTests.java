package io.github.awssecrets.sample.load;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueryLog}.
 */
class QueryLogTests {

	private static final Instant TIME = Instant.parse("2026-11-22T14:02:31Z");

	private final QueryLog log = new QueryLog();

	@Test
	void countsWhenNothingHappenedAreZero() {
		assertThat(this.log.counts()).isEqualTo(Counts.NONE);
		assertThat(this.log.after(0)).isEmpty();
	}

	@Test
	void countsTellServedFailedAndEachProcessOnce() {
		this.log.served(TIME, Duration.ofMillis(1), 41);
		this.log.served(TIME, Duration.ofMillis(1), 42);
		this.log.served(TIME, Duration.ofMillis(1), 41);
		this.log.failed(TIME, Duration.ofSeconds(5));
		assertThat(this.log.counts()).isEqualTo(new Counts(3, 1, 2));
		assertThat(this.log.counts().since(new Counts(1, 0, 1))).isEqualTo(new Counts(2, 1, 1));
	}

	@Test
	void afterReturnsOnlyWhatIsNew() {
		this.log.served(TIME, Duration.ofMillis(1), 41);
		this.log.served(TIME, Duration.ofNanos(1_500_000), 41);
		this.log.failed(TIME, Duration.ofSeconds(5));
		assertThat(this.log.after(1)).containsExactly(new Query(2, TIME, 1.5, true), new Query(3, TIME, 5000, false));
		assertThat(this.log.after(3)).isEmpty();
	}

	@Test
	void servedWhenThereAreManyForgetsTheOldest() {
		for (int i = 0; i < QueryLog.MAXIMUM + 10; i++) {
			this.log.served(TIME, Duration.ofMillis(1), i);
		}
		assertThat(this.log.after(0)).hasSize(QueryLog.MAXIMUM).first().extracting(Query::number).isEqualTo(11L);
		assertThat(this.log.counts().served()).isEqualTo(QueryLog.MAXIMUM + 10);
		assertThat(this.log.counts().logins()).isEqualTo(QueryLog.MAXIMUM + 10);
	}

}
