package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outcomes}.
 */
class OutcomesTests {

	private static final Ask FIRST = Ask.of(SecretSelector.current(new SecretId("prod/first")), "eu-west-1");

	private static final Ask SECOND = Ask.of(SecretSelector.current(new SecretId("prod/second")), "eu-west-1");

	private final Outcomes outcomes = new Outcomes();

	@Test
	void settleWhenSettledBeforeKeepsTheFirst() {
		this.outcomes.open(List.of(FIRST, SECOND));
		this.outcomes.settle(FIRST, failure(FIRST, Cause.NOT_FOUND));
		this.outcomes.settle(FIRST, failure(FIRST, Cause.THROTTLED));
		assertThat(this.outcomes.settled()).containsOnly(Map.entry(FIRST, failure(FIRST, Cause.NOT_FOUND)));
		assertThat(this.outcomes.isDone()).isFalse();
	}

	@Test
	void settleWhenEndedChangesNothing() throws InterruptedException {
		this.outcomes.open(List.of(FIRST, SECOND));
		this.outcomes.settle(FIRST, failure(FIRST, Cause.NOT_FOUND));
		this.outcomes.end();
		this.outcomes.settle(SECOND, failure(SECOND, Cause.CONNECTION_LOST));
		assertThat(this.outcomes.settled()).containsOnlyKeys(FIRST);
		assertThat(this.outcomes.await(new Deadline(Timing.system(), Duration.ofMinutes(1)))).isTrue();
	}

	@Test
	void openWhenEndedOpensNothing() {
		this.outcomes.end();
		this.outcomes.open(List.of(FIRST));
		this.outcomes.settle(FIRST, failure(FIRST, Cause.CONNECTION_LOST));
		assertThat(this.outcomes.settled()).isEmpty();
	}

	private static RetrievalFailure failure(Ask ask, Cause cause) {
		return CallFailure.of(cause, null).toFailure(ask, 1, null);
	}

}
