package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetrievalListeners}.
 */
class RetrievalListenersTests {

	private final RetrievalListeners listeners = new RetrievalListeners();

	private final List<String> events = new ArrayList<>();

	@Test
	void addWhenStartHasNotEndedTellsEarlierCallsToEach() {
		this.listeners.called(call(1));
		this.listeners.add(new Recorder("a"));
		this.listeners.called(call(2));
		this.listeners.add(new Recorder("b"));
		assertThat(this.events).containsExactly("a 1", "a 2", "b 1", "b 2");
	}

	@Test
	void addWhenStartHasEndedTellsLaterCallsOnly() {
		this.listeners.called(call(1));
		this.listeners.endStart();
		this.listeners.add(new Recorder("a"));
		this.listeners.called(call(2));
		assertThat(this.events).containsExactly("a 2");
	}

	@Test
	void addWhenThereWereVeryManyCallsTellsTheFirst() {
		for (int i = 0; i < 10_010; i++) {
			this.listeners.called(call(i));
		}
		this.listeners.add(new Recorder("a"));
		assertThat(this.events).hasSize(10_000).endsWith("a 9999");
	}

	@Test
	void calledWhenListenerFailsTellsOthers() {
		this.listeners.add(new RetrievalListener() {

			@Override
			public void called(RetrievalCall call) {
				throw new IllegalStateException();
			}

		});
		this.listeners.add(new Recorder("b"));
		this.listeners.called(call(1));
		assertThat(this.events).containsExactly("b 1");
	}

	@Test
	void listenToWhenRetrievedIsAroundAndClosesWhatItWraps() {
		this.listeners.add(new Recorder("a"));
		this.listeners.add(new Recorder("b"));
		Retrieval wrapped = new Retrieval();
		SecretRetrieval retrieval = this.listeners.listenTo(wrapped);
		RetrievalReport report = retrieval.retrieve(Set.of(SecretSelector.current(new SecretId("prod/db"))),
				Duration.ofSeconds(3));
		assertThat(report).isSameAs(wrapped.report);
		assertThat(this.events).containsExactly("b begins", "a begins", "[prod/db] PT3S", "a ends", "b ends");
		retrieval.close();
		assertThat(wrapped.closed).isTrue();
	}

	@Test
	void outcomeWhenCallEndedIsOneWord() {
		assertThat(call(1).outcome()).isEqualTo("success");
		assertThat(new RetrievalCall("GetSecretValue", null, true, Duration.ZERO).outcome()).isEqualTo("partial");
		assertThat(new RetrievalCall("GetSecretValue", Cause.ACCESS_DENIED, false, Duration.ZERO).outcome())
			.isEqualTo("access_denied");
	}

	private static RetrievalCall call(int millis) {
		return new RetrievalCall("GetSecretValue", null, false, Duration.ofMillis(millis));
	}

	private final class Recorder implements RetrievalListener {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public void called(RetrievalCall call) {
			RetrievalListenersTests.this.events.add(this.name + " " + call.elapsed().toMillis());
		}

		@Override
		public RetrievalReport aroundRetrieval(Supplier<RetrievalReport> retrieval) {
			RetrievalListenersTests.this.events.add(this.name + " begins");
			RetrievalReport report = retrieval.get();
			RetrievalListenersTests.this.events.add(this.name + " ends");
			return report;
		}

	}

	private final class Retrieval implements SecretRetrieval {

		private final RetrievalReport report = new RetrievalReport(Map.of(), 1, Duration.ZERO, null);

		private boolean closed;

		@Override
		public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
			RetrievalListenersTests.this.events
				.add("%s %s".formatted(selectors.stream().map(SecretSelector::id).toList(), timeout));
			return this.report;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
