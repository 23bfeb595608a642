package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PollRequests}, {@link PollReport}, {@link Notices} and other small
 * parts.
 */
class PollRequestsTests {

	private static final SecretSelector A = SimulatedSecrets.selector("a");

	private static final SecretSelector B = SimulatedSecrets.selector("b");

	private static final SecretChange CHANGE = new SecretChange(null,
			SimulatedSecrets.version("a", 1, SecretContent.ofText("")));

	private final PollRequests requests = new PollRequests();

	@Test
	void answerWhenNothingIsToBeConfirmedIsTheReport() {
		CompletableFuture<PollReport> request = this.requests.add();
		assertThat(this.requests.areWaiting()).isTrue();
		List<CompletableFuture<PollReport>> taken = this.requests.take();
		assertThat(taken).containsExactly(request);
		assertThat(this.requests.areWaiting()).isFalse();
		PollReport report = report(1, Set.of(), null);
		this.requests.answer(taken, report, false);
		assertThat(request).isCompletedWithValue(report);
		assertThat(this.requests.areUnconfirmed()).isFalse();
	}

	@Test
	void answerWhenToBeConfirmedWaitsForThatAndIsBothReports() {
		CompletableFuture<PollReport> first = this.requests.add();
		this.requests.answer(this.requests.take(), report(1, Set.of(A), null), false);
		assertThat(first).isNotDone();
		assertThat(this.requests.areUnconfirmed()).isTrue();
		// Even if the confirmation finds something else that is to be confirmed
		this.requests.answer(List.of(), report(2, Set.of(B), null), true);
		assertThat(first.join().calls()).isEqualTo(3);
		assertThat(this.requests.areUnconfirmed()).isFalse();
		CompletableFuture<PollReport> next = this.requests.add();
		this.requests.answer(this.requests.take(), report(5, Set.of(), null), false);
		assertThat(next.join().calls()).isEqualTo(5);
	}

	@Test
	void cancelWhenSomebodyWaitsAnswersOnce() {
		CompletableFuture<PollReport> request = this.requests.add();
		this.requests.cancel();
		assertThat(request.join().error()).isEqualTo("java.util.concurrent.CancellationException");
		assertThat(this.requests.areWaiting()).isFalse();
	}

	@Test
	void reportWhenJoinedHasAllOfBoth() {
		RetrievalFailure failure = RetrievalFailure.of(Cause.NOT_FOUND, A.id(), null);
		PollReport one = new PollReport(3, 1, Duration.ofSeconds(1), Map.of(A, CHANGE), Map.of(A, "one"),
				Map.of(A, failure), Set.of(A), "error");
		PollReport other = new PollReport(2, 2, Duration.ofSeconds(2), Map.of(B, CHANGE), Map.of(B, "other"),
				Map.of(B, failure), Set.of(B), null);
		assertThat(one.and(other)).isEqualTo(new PollReport(3, 3, Duration.ofSeconds(3), Map.of(A, CHANGE, B, CHANGE),
				Map.of(A, "one", B, "other"), Map.of(A, failure, B, failure), Set.of(B), "error"));
		assertThat(other.and(one).error()).isEqualTo("error");
		assertThat(one.and(report(1, Set.of(), "latest")).error()).isEqualTo("latest");
	}

	private static PollReport report(int calls, Set<SecretSelector> unconfirmed, @Nullable String error) {
		return new PollReport(1, calls, Duration.ZERO, Map.of(), Map.of(), Map.of(), unconfirmed, error);
	}

	@Test
	void noticesWhenNobodyDeliversThemDropTheLatest() {
		List<Duration> told = new ArrayList<>();
		Notices notices = new Notices(List.of(new Hangs(told)));
		for (int i = 0; i < 1_001; i++) {
			Duration elapsed = Duration.ofSeconds(i);
			notices.add((listener) -> listener.applyHangs(elapsed));
		}
		notices.deliver();
		assertThat(told).hasSize(1_000).endsWith(Duration.ofSeconds(999));
		notices.add((listener) -> listener.applyHangs(Duration.ZERO));
		notices.deliver();
		assertThat(told).hasSize(1_001);
	}

	@Test
	void noticesWhenDeliveredByAThreadAreToldAfterThat() {
		VirtualTime time = new VirtualTime();
		List<Duration> told = new ArrayList<>();
		Notices notices = new Notices(List.of(new Hangs(told), new Hangs(told)));
		notices.deliver(time);
		assertThat(time.threads()).isZero();
		notices.add((listener) -> listener.applyHangs(Duration.ZERO));
		CompletableFuture<Void> all = notices.whenTold();
		assertThat(all).isNotDone();
		notices.deliver(time);
		assertThat(time.threads()).isOne();
		assertThat(all).isCompleted();
		assertThat(told).hasSize(2);
		time.advance(Duration.ZERO);
		assertThat(time.isQuiet()).isTrue();
	}

	@Test
	void polledSecretWhenVersionIsTheSameIsNotRotated() {
		assertThat(new PolledSecret(A, "1", "2", null, null).isRotated()).isTrue();
		assertThat(new PolledSecret(A, "1", "1", null, null).isRotated()).isFalse();
		assertThat(new PolledSecret(A, null, "1", null, null).isRotated()).isTrue();
	}

	@Test
	void refusalNamesPrefixAndReason() {
		RotationRefusedException refusal = new RotationRefusedException(ConfigurationPropertyName.of("app"),
				"property 'app.port' is not a number");
		assertThat(refusal.prefix()).isEqualTo(ConfigurationPropertyName.of("app"));
		assertThat(refusal.getReason()).isEqualTo("property 'app.port' is not a number");
		assertThat(refusal)
			.hasMessage("The properties under 'app' cannot be taken: property 'app.port' is not a number");
	}

	@Test
	void clockOfTheSystemIsItsStopwatchAndTimeOfDay() {
		WatchClock clock = WatchClock.system();
		long before = System.nanoTime();
		long reading = clock.nanoTime();
		assertThat(reading - before).isBetween(0L, System.nanoTime() - before);
		assertThat(clock.now()).isNotNull();
	}

	/**
	 * Remembers what it is told.
	 */
	private record Hangs(List<Duration> told) implements WatchListener {

		@Override
		public void applyHangs(Duration elapsed) {
			this.told.add(elapsed);
		}

	}

}
