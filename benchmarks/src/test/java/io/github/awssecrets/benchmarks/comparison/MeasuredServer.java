package io.github.awssecrets.benchmarks.comparison;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import org.awaitility.Awaitility;

/**
 * The Secrets Manager of the measured applications, in this process and so not in theirs:
 * secrets of five keys, and a latency of each call.
 */
final class MeasuredServer implements AutoCloseable {

	/** The keys of each secret. */
	static final List<String> KEYS = List.of("key0", "key1", "key2", "key3", "key4");

	private static final Duration LATENCY = Duration.ofMillis(20);

	/** Longer than any pause in one poll, shorter than that between polls. */
	private static final Duration QUIET = Duration.ofMillis(1500);

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private final SecretsServer server = SecretsServer.start();

	private int version = 1;

	/**
	 * Start a server.
	 * @param secrets the number of secrets
	 */
	MeasuredServer(int secrets) {
		this.server.faults().add(Fault.delayed(LATENCY));
		IntStream.range(0, secrets).forEach((secret) -> this.server.create(name(secret), json(secret)));
	}

	static String name(int secret) {
		return "bench/secret-" + secret;
	}

	private String json(int secret) {
		return Canary.json(name(secret), this.version, KEYS.toArray(String[]::new));
	}

	URI endpoint() {
		return this.server.endpoint();
	}

	String region() {
		return this.server.region();
	}

	/**
	 * Give the first secrets new versions.
	 * @param secrets how many
	 */
	void rotate(int secrets) {
		this.version++;
		IntStream.range(0, secrets).forEach((secret) -> this.server.put(name(secret), json(secret)));
	}

	/**
	 * Return the calls so far.
	 * @return the calls
	 */
	Calls calls() {
		return Calls.of(this.server.calls());
	}

	/**
	 * Forget the calls so far.
	 */
	void forgetCalls() {
		this.server.clearCalls();
	}

	/**
	 * Wait for calls to come, and to come no more.
	 * @return these calls
	 */
	Calls awaitCalls() {
		await(() -> {
			List<Call> calls = this.server.calls();
			return !calls.isEmpty() && calls.stream().noneMatch(Call::isOpen)
					&& last(calls).plus(QUIET).isBefore(Instant.now());
		});
		return calls();
	}

	/**
	 * Wait until there is a pause between polls, and forget all calls in it.
	 */
	void awaitPause() {
		awaitCalls();
		forgetCalls();
	}

	private static Instant last(List<Call> calls) {
		return calls.stream().map((call) -> Objects.requireNonNull(call.end())).max(Instant::compareTo).orElseThrow();
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(condition);
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * Calls of a start or a poll.
	 *
	 * @param count how many
	 * @param firstMicros when the first arrived, in microseconds since 1970
	 * @param lastMicros when the last was answered
	 */
	record Calls(int count, long firstMicros, long lastMicros) {

		static Calls of(List<Call> calls) {
			if (calls.isEmpty()) {
				return new Calls(0, 0, 0);
			}
			return new Calls(calls.size(), micros(calls.get(0).start()), micros(last(calls)));
		}

		private static long micros(Instant instant) {
			return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
		}

		/**
		 * Return the time from the first to the end of the last.
		 * @return seconds
		 */
		double seconds() {
			return (this.lastMicros - this.firstMicros) / 1e6;
		}

	}

}
