package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Faults}, {@link Fault} and {@link ActiveFault}.
 */
class FaultsTests {

	private final Faults faults = new Faults();

	@Test
	void hitCallWhenLimitedGivesWayToTheNext() {
		ActiveFault first = this.faults.add(Fault.throttled().times(2));
		ActiveFault second = this.faults.add(Fault.internalError());
		assertThat(hit("GetSecretValue")).containsExactly(first);
		assertThat(hit("GetSecretValue")).containsExactly(first);
		assertThat(hit("GetSecretValue")).containsExactly(second);
		assertThat(first.hits()).isEqualTo(2);
		assertThat(second.hits()).isEqualTo(1);
	}

	@Test
	void hitCallCollectsDelaysUpToTheFirstOtherFault() {
		ActiveFault one = this.faults.add(Fault.delayed(Duration.ofMillis(1)));
		ActiveFault two = this.faults.add(Fault.hanging());
		ActiveFault end = this.faults.add(Fault.emptyBody());
		ActiveFault never = this.faults.add(Fault.throttled());
		assertThat(hit("GetSecretValue")).containsExactly(one, two, end);
		assertThat(never.hits()).isZero();
	}

	@Test
	void hitCallHeedsOperationAndSecret() {
		ActiveFault fault = this.faults.add(Fault.throttled().onOperation("GetSecretValue").forSecret("prod/db"));
		assertThat(this.faults.hitCall("GetSecretValue", "prod/db"::equals)).containsExactly(fault);
		assertThat(this.faults.hitCall("GetSecretValue", "prod/other"::equals)).isEmpty();
		assertThat(this.faults.hitCall("DescribeSecret", "prod/db"::equals)).isEmpty();
	}

	@Test
	void hitEntryTakesWhatBatchReportsPerSecret() {
		this.faults.add(Fault.throttled().forSecret("prod/db"));
		this.faults.add(Fault.denied());
		ActiveFault fault = this.faults.add(Fault.decryptionFailure().forSecret("prod/db").times(1));
		assertThat(this.faults.hitEntry("prod/db", "prod/db"::equals)).get()
			.extracting(ApiException::code)
			.isEqualTo("DecryptionFailure");
		assertThat(this.faults.hitEntry("prod/db", "prod/db"::equals)).isEmpty();
		assertThat(fault.hits()).isEqualTo(1);
	}

	@Test
	void hitCallWhenBatchLeavesFaultsOfSingleSecretsAlone() {
		this.faults.add(Fault.denied().forSecret("prod/db"));
		assertThat(hit("BatchGetSecretValue")).isEmpty();
		assertThat(hit("GetSecretValue")).hasSize(1);
	}

	@Test
	void hitWhenCalledByManyThreadsCountsExactly() {
		ActiveFault fault = this.faults.add(Fault.throttled().times(500));
		long hits = IntStream.range(0, 2_000).parallel().filter((i) -> !hit("GetSecretValue").isEmpty()).count();
		assertThat(hits).isEqualTo(500);
		assertThat(fault.hits()).isEqualTo(500);
	}

	@Test
	void removeAndClearEndTheFaults() {
		try (ActiveFault fault = this.faults.add(Fault.throttled())) {
			assertThat(hit("GetSecretValue")).containsExactly(fault);
		}
		assertThat(hit("GetSecretValue")).isEmpty();
		this.faults.add(Fault.throttled());
		this.faults.clear();
		assertThat(hit("GetSecretValue")).isEmpty();
	}

	@Test
	void createWhenMeaninglessThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.throttled().times(0));
		assertThatIllegalArgumentException().isThrownBy(() -> Fault.error(200, "Fine", "Fine"));
	}

	private List<ActiveFault> hit(String operation) {
		return this.faults.hitCall(operation, (id) -> true);
	}

}
