package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The {@link SecretRetrieval} from AWS Secrets Manager: starts a {@link RetrievalRun},
 * and makes a report of it. Safe for use by many threads, which share the clients, the
 * threads and what is remembered of earlier retrievals.
 */
final class AwsSecretRetrieval implements SecretRetrieval {

	private static final Log logger = LogFactory.getLog(AwsSecretRetrieval.class);

	private static final CallFailure CLOSED = CallFailure.of(Cause.CANCELLED, "the retrieval was closed");

	private final RunContext context;

	private final Runnable closeThreads;

	private final Set<RetrievalRun> runs = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final WireLogs wireLogs = new WireLogs();

	AwsSecretRetrieval(RunContext context, Runnable closeThreads) {
		this.context = context;
		this.closeThreads = closeThreads;
	}

	static AwsSecretRetrieval create(RetrievalSettings settings, List<SecretsManagerClientCustomizer> customizers,
			RetrievalListener listener) {
		RetrievalThreads threads = new RetrievalThreads();
		Regions regions = new LazyRegions(settings.region(), () -> new AwsRegions(settings, customizers, threads));
		RunContext context = new RunContext(regions, settings.callTimeout(), Timing.system(), new Backoff(new Random()),
				threads.batches(), threads.singles(), listener);
		return new AwsSecretRetrieval(context, threads::close);
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("The timeout must be positive");
		}
		if (!selectors.isEmpty()) {
			this.wireLogs.check();
		}
		RetrievalRun run = new RetrievalRun(this.context, timeout);
		this.runs.add(run);
		try {
			if (this.closed.get()) {
				throw new IllegalStateException("The retrieval is closed");
			}
			RetrievalReport report = retrieve(new Selection(new LinkedHashSet<>(selectors)), run);
			log(report);
			return report;
		}
		finally {
			this.runs.remove(run);
		}
	}

	private RetrievalReport retrieve(Selection selection, RetrievalRun run) {
		selection.start(run);
		run.await();
		Map<Ask, RetrievalOutcome> outcomes = OneVersion.of(selection.outcomes(run));
		Learning.from(run, outcomes);
		return selection.report(run, outcomes);
	}

	@Override
	public Map<SecretSelector, String> kmsKeys(Collection<SecretSelector> selectors, Duration timeout) {
		return new KmsKeyLookup(new RetrievalRun(this.context, timeout)).find(selectors);
	}

	private static void log(RetrievalReport report) {
		if (logger.isDebugEnabled()) {
			long found = report.outcomes().values().stream().filter(SecretVersion.class::isInstance).count();
			logger.debug("Retrieved %d of %d secrets: %d calls, %d ms".formatted(found, report.outcomes().size(),
					report.calls(), report.elapsed().toMillis()));
			report.failures().forEach((failure) -> logger.debug("Not retrieved: " + failure));
		}
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.runs.forEach((run) -> run.end(CLOSED));
			this.context.regions().close();
			this.closeThreads.run();
		}
	}

}
