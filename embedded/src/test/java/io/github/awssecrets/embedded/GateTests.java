package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Gate}.
 */
@Timeout(30)
class GateTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@Test
	void passWhenEnoughAreHeldLetsAllThrough() throws InterruptedException {
		Gate gate = new Gate("Get", 3);
		CompletableFuture<?>[] calls = IntStream.range(0, 3)
			.mapToObj((i) -> CompletableFuture.runAsync(() -> pass(gate), (task) -> new Thread(task).start()))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(calls).join();
		assertThat(gate.maxHeld()).isEqualTo(3);
		assertThat(gate.await(3, Duration.ZERO)).isTrue();
		assertThat(gate.await(4, Duration.ZERO)).isFalse();
	}

	@Test
	void passWhenReleasedLetsThrough() throws InterruptedException {
		Gate gate = new Gate("Get", 3);
		CompletableFuture<Void> call = CompletableFuture.runAsync(() -> pass(gate), (task) -> new Thread(task).start());
		assertThat(gate.await(1, LONG)).isTrue();
		assertThat(call).isNotDone();
		gate.close();
		call.join();
		pass(gate);
		assertThat(gate.maxHeld()).isEqualTo(1);
	}

	@Test
	void passWhenOtherOperationHoldsNothing() throws InterruptedException {
		Gate gate = new Gate("Get", 3);
		gate.pass("Put");
		assertThat(gate.maxHeld()).isZero();
	}

	@Test
	void createWhenNothingToHoldThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Gate("Get", 0));
	}

	private static void pass(Gate gate) {
		try {
			gate.pass("Get");
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
