package io.github.awssecrets.retrieval;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * The real retrieval and the real SDK over a {@link WireTransport}, in virtual time and
 * on the calling thread. Batches, splits, repeats, deadlines, what is remembered, and how
 * answers are read are those of an application.
 */
public final class VirtualRetrieval implements SecretRetrieval {

	/** The Region of all secrets. */
	public static final String REGION = "eu-west-1";

	private static final int BATCH_THREADS = 8;

	private static final int SINGLE_THREADS = 20;

	private static final TransportHttpClient http = new TransportHttpClient();

	/* One client for all: to create one takes longer than all its calls */
	private static final AwsCalls calls = new AwsCalls(createClient());

	private final WireTransport transport;

	private final VirtualTime time;

	private final BranchingTime branches;

	private final AwsSecretRetrieval retrieval;

	private Duration elapsed = Duration.ZERO;

	/**
	 * Create a retrieval.
	 * @param transport what answers calls
	 * @param time the time, of which each retrieval spends some
	 * @param random the randomness of pauses
	 */
	public VirtualRetrieval(WireTransport transport, VirtualTime time, RandomGenerator random) {
		this.transport = transport;
		this.time = time;
		this.branches = new BranchingTime(time);
		this.retrieval = new AwsSecretRetrieval(new RunContext(new VirtualRegions(),
				RetrievalSettings.DEFAULT_CALL_TIMEOUT, this.branches, new Backoff(random),
				this.branches.executor(BATCH_THREADS), this.branches.executor(SINGLE_THREADS), new RetrievalListener() {
				}), () -> {
				});
	}

	private static SecretsManagerClient createClient() {
		RetrievalSettings settings = RetrievalSettings.defaults()
			.to(URI.create("http://127.0.0.1"), REGION, new AccessKey("chaos", "chaos"));
		ClientFactory factory = ClientFactory.forRetrieval(settings, List.of(VirtualRetrieval::customize), noTimer());
		try {
			return factory.create(REGION);
		}
		catch (CallFailedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/* Without signatures, which take as long as all else */
	private static void customize(SecretsManagerClientBuilder builder) {
		builder.httpClient(http).credentialsProvider(AnonymousCredentialsProvider.create());
	}

	/* Time-outs are those of virtual time: the machine must not interfere */
	private static ScheduledExecutorService noTimer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(0, (task) -> null);
		timer.setRemoveOnCancelPolicy(true);
		return Executors.unconfigurableScheduledExecutorService(timer);
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

	private final class VirtualRegions implements Regions {

		@Override
		public String known() {
			return REGION;
		}

		@Override
		public String find() {
			return REGION;
		}

		@Override
		public SecretsManagerCalls calls(String region) {
			return new VirtualCalls();
		}

		@Override
		public void close() {
			// The client is shared
		}

	}

	private final class VirtualCalls implements SecretsManagerCalls {

		@Override
		public BatchAnswer batchGetSecretValue(List<SecretId> ids, @Nullable String nextToken, Duration timeout)
				throws CallFailedException {
			connect(timeout);
			return calls.batchGetSecretValue(ids, nextToken, VirtualTime.FOREVER);
		}

		@Override
		public AnsweredSecret getSecretValue(SecretId id, @Nullable String stage, @Nullable String versionId,
				Duration timeout) throws CallFailedException {
			connect(timeout);
			return calls.getSecretValue(id, stage, versionId, VirtualTime.FOREVER);
		}

		@Override
		public @Nullable Instant deletionDate(SecretId id, Duration timeout) throws CallFailedException {
			connect(timeout);
			return calls.deletionDate(id, VirtualTime.FOREVER);
		}

		@Override
		public @Nullable String kmsKey(SecretId id, Duration timeout) throws CallFailedException {
			connect(timeout);
			return calls.kmsKey(id, VirtualTime.FOREVER);
		}

		private void connect(Duration timeout) {
			http.connect(new TransportHttpClient.Call(VirtualRetrieval.this.transport, timeout,
					VirtualRetrieval.this.branches));
		}

	}

}
