package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallLog}.
 */
class CallLogTests {

	private final TestClock clock = new TestClock();

	private final CallLog log = new CallLog(this.clock);

	@Test
	void closeSetsOutcomeAndEnd() {
		CallLog.Entry entry = this.log.open("GetSecretValue", "eu-west-1", List.of("prod/db"));
		assertThat(this.log.calls()).singleElement().satisfies((call) -> {
			assertThat(call.isOpen()).isTrue();
			assertThat(call.outcome()).isEqualTo(Call.OPEN);
		});
		this.clock.advance(Duration.ofSeconds(1));
		entry.close(Call.OK);
		assertThat(this.log.calls()).containsExactly(new Call("GetSecretValue", "eu-west-1", List.of("prod/db"), "OK",
				this.clock.instant().minusSeconds(1), this.clock.instant()));
	}

	@Test
	void callsAreInTheOrderOfArrival() {
		CallLog.Entry first = this.log.open("First", "", List.of());
		this.log.open("Second", "", List.of()).close(Call.OK);
		first.close(Call.OK);
		assertThat(this.log.calls()).extracting(Call::operation).containsExactly("First", "Second");
	}

	@Test
	void maximumOpenCountsCallsThatOverlap() {
		CallLog.Entry first = this.log.open("A", "", List.of());
		CallLog.Entry second = this.log.open("B", "", List.of());
		first.close(Call.OK);
		this.log.open("C", "", List.of()).close(Call.OK);
		assertThat(this.log.maximumOpen()).isEqualTo(2);
		this.log.clear();
		assertThat(this.log.maximumOpen()).isEqualTo(1);
		assertThat(this.log.calls()).isEmpty();
		second.close(Call.OK);
		assertThat(this.log.calls()).isEmpty();
	}

	@Test
	void openWhenFullForgetsTheOldest() {
		IntStream.range(0, 100_001).forEach((i) -> this.log.open("Call" + i, "", List.of()).close(Call.OK));
		assertThat(this.log.calls()).hasSize(100_000).first().extracting(Call::operation).isEqualTo("Call1");
	}

}
