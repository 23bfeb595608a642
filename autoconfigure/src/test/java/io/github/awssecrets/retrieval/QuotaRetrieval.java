package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * The real retrieval of one of many processes, over calls that a {@link Quota} limits, in
 * virtual time. All secrets exist; their versions are numbers.
 */
public final class QuotaRetrieval implements SecretRetrieval {

	private static final Duration LATENCY = Duration.ofMillis(50);

	private final VirtualTime time;

	private final Quota quota;

	private final Map<String, Integer> versions;

	private final BranchingTime branches;

	private final AwsSecretRetrieval retrieval;

	private final Map<SecretId, AnsweredSecret> answers = new HashMap<>();

	private Duration elapsed = Duration.ZERO;

	/**
	 * Create a retrieval.
	 * @param time the time
	 * @param quota what limits the calls of all processes
	 * @param versions the numbers of the current versions, by the names of secrets
	 * @param random the randomness of pauses
	 */
	public QuotaRetrieval(VirtualTime time, Quota quota, Map<String, Integer> versions, RandomGenerator random) {
		this.time = time;
		this.quota = quota;
		this.versions = versions;
		this.branches = new BranchingTime(time);
		this.retrieval = new AwsSecretRetrieval(new RunContext(new QuotaRegions(),
				RetrievalSettings.DEFAULT_CALL_TIMEOUT, this.branches, new Backoff(random), this.branches.executor(8),
				this.branches.executor(20), new RetrievalListener() {
				}), () -> {
				});
	}

	/**
	 * Return the id of a version.
	 * @param number its number
	 * @return the version id
	 */
	public static String versionId(int number) {
		return new UUID(number, 0).toString();
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		this.branches.begin();
		try {
			return this.retrieval.retrieve(selectors, timeout);
		}
		finally {
			this.elapsed = this.branches.end();
			this.time.spend(this.elapsed);
		}
	}

	/**
	 * Return how long the last retrieval took.
	 * @return the virtual time
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

	@Override
	public void close() {
		this.retrieval.close();
	}

	/**
	 * Limits calls.
	 */
	@FunctionalInterface
	public interface Quota {

		/**
		 * Make a call.
		 * @param batch whether it is a BatchGetSecretValue
		 * @param elapsed the moment in virtual time, in nanoseconds
		 * @return whether the call is allowed; if not, it is throttled
		 */
		boolean take(boolean batch, long elapsed);

	}

	private final class QuotaRegions implements Regions, SecretsManagerCalls {

		@Override
		public String known() {
			return VirtualRetrieval.REGION;
		}

		@Override
		public String find() {
			return VirtualRetrieval.REGION;
		}

		@Override
		public SecretsManagerCalls calls(String region) {
			return this;
		}

		@Override
		public BatchAnswer batchGetSecretValue(List<SecretId> ids, @Nullable String nextToken, Duration timeout)
				throws CallFailedException {
			begin(true);
			List<AnsweredSecret> answered = new ArrayList<>();
			ids.forEach((id) -> answered.add(answer(id)));
			return new BatchAnswer(answered, List.of(), null);
		}

		@Override
		public AnsweredSecret getSecretValue(SecretId id, @Nullable String stage, @Nullable String versionId,
				Duration timeout) throws CallFailedException {
			begin(false);
			return answer(id);
		}

		private void begin(boolean batch) throws CallFailedException {
			long now = QuotaRetrieval.this.branches.nanoTime() - QuotaRetrieval.this.time.nanoTime()
					+ QuotaRetrieval.this.time.elapsed();
			QuotaRetrieval.this.branches.pass(LATENCY);
			if (!QuotaRetrieval.this.quota.take(batch, now)) {
				throw new CallFailedException(CallFailure.of(Cause.THROTTLED, null));
			}
		}

		private AnsweredSecret answer(SecretId id) {
			int number = QuotaRetrieval.this.versions.get(id.value());
			AnsweredSecret last = QuotaRetrieval.this.answers.get(id);
			if (last == null || !versionId(number).equals(last.versionId())) {
				last = create(id, number);
				QuotaRetrieval.this.answers.put(id, last);
			}
			return last;
		}

		private static AnsweredSecret create(SecretId id, int number) {
			return new AnsweredSecret(
					"arn:aws:secretsmanager:eu-west-1:123456789012:secret:%s-AbCdEf".formatted(id.value()), id.value(),
					versionId(number), List.of("AWSCURRENT"), SecretContent.ofText(Canary.value("fleet", number)),
					Instant.EPOCH.plusSeconds(number));
		}

		@Override
		public @Nullable Instant deletionDate(SecretId id, Duration timeout) {
			return null;
		}

		@Override
		public @Nullable String kmsKey(SecretId id, Duration timeout) {
			return null;
		}

		@Override
		public void close() {
			// Nothing is open
		}

	}

}
