package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.VirtualTime;

/**
 * A Secrets Manager in virtual time: rotations, stale replicas, faults and latency. A
 * retrieval takes as long as its slowest secret.
 */
final class SimulatedSecrets implements SecretRetrieval {

	private static final String REGION = "eu-west-1";

	final List<Set<SecretSelector>> retrievals = new ArrayList<>();

	final List<Duration> timeouts = new ArrayList<>();

	private final VirtualTime time;

	private final RandomGenerator random;

	private final Map<String, SecretVersion> versions = new HashMap<>();

	private final Map<String, SecretVersion> stale = new HashMap<>();

	private final Map<String, Cause> faults = new HashMap<>();

	long count;

	long calls;

	boolean recording = true;

	Error thrown;

	boolean hangs;

	SecretVersion lastAnswer;

	SimulatedSecrets(VirtualTime time, RandomGenerator random) {
		this.time = time;
		this.random = random;
	}

	static SecretSelector selector(String name) {
		return SecretSelector.current(new SecretId(name));
	}

	/**
	 * Make a version with a key {@code password} current.
	 */
	SecretVersion rotate(String name, int version) {
		return rotate(name, version, Canary.json(name, version, "password"));
	}

	SecretVersion rotate(String name, int version, String text) {
		SecretVersion rotated = version(name, version, SecretContent.ofText(text));
		this.versions.put(name, rotated);
		return rotated;
	}

	void rotate(String name, SecretVersion version) {
		this.versions.put(name, version);
	}

	static SecretVersion version(String name, int version, SecretContent content) {
		return new SecretVersion("arn:aws:secretsmanager:%s:123456789012:secret:%s-AbCdEf".formatted(REGION, name),
				name, REGION, id(version), Set.of("AWSCURRENT"), content, null, Instant.EPOCH);
	}

	static String id(int version) {
		return "%08d-0000-4000-8000-000000000000".formatted(version);
	}

	/**
	 * Let the next retrieval of a secret be answered by a replica that lags behind.
	 */
	void answerOnce(String name, SecretVersion version) {
		this.stale.put(name, version);
	}

	void fail(String name, Cause cause) {
		this.faults.put(name, cause);
	}

	void repair(String name) {
		this.faults.remove(name);
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		this.count++;
		if (this.recording) {
			this.retrievals.add(Set.copyOf(selectors));
			this.timeouts.add(timeout);
		}
		if (this.thrown != null) {
			throw this.thrown;
		}
		Duration latency = Duration.ofMillis(20 + this.random.nextInt(180));
		Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		for (SecretSelector selector : selectors) {
			RetrievalOutcome outcome = outcome(selector);
			latency = longer(latency, latency(outcome, timeout));
			outcomes.put(selector, outcome);
		}
		int needed = (selectors.size() + 19) / 20;
		this.calls += needed;
		this.time.spend(this.hangs ? VirtualTime.FOREVER : latency);
		return new RetrievalReport(outcomes, needed, latency, REGION);
	}

	private RetrievalOutcome outcome(SecretSelector selector) {
		String name = selector.id().name();
		Cause fault = this.faults.get(name);
		SecretVersion lagging = this.stale.remove(name);
		SecretVersion version = (lagging != null) ? lagging : this.versions.get(name);
		if (fault != null || version == null) {
			return RetrievalFailure.of((fault != null) ? fault : Cause.NOT_FOUND, selector.id(), REGION);
		}
		this.lastAnswer = version;
		return version;
	}

	/* As the real retrieval has it: throttled and hanging calls use up the deadline. */
	private static Duration latency(RetrievalOutcome outcome, Duration timeout) {
		if (!(outcome instanceof RetrievalFailure failure)) {
			return Duration.ZERO;
		}
		return switch (failure.cause()) {
			case THROTTLED, TIMED_OUT -> timeout;
			case SERVER_ERROR, CONNECTION_LOST, MALFORMED_ANSWER -> Duration.ofSeconds(1);
			default -> Duration.ZERO;
		};
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	@Override
	public void close() {
		// Nothing to close
	}

}
