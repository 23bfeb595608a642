package io.github.awssecrets.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.RetrievalReport;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretVersion;

/**
 * A retrieval from secrets that a test holds: no client, no thread, no time. Each call of
 * {@link #retrieve} counts as one call of AWS. Safe for use by several threads.
 */
public final class InProcessRetrieval implements SecretRetrieval {

	/** The version id of every secret, unless it was asked for by another one. */
	public static final String VERSION_ID = "00000000-0000-4000-8000-000000000001";

	private static final String REGION = "eu-west-1";

	private final Map<SecretSelector, SecretContent> contents = new ConcurrentHashMap<>();

	private final Map<SecretSelector, RetrievalFailure.Cause> failures = new ConcurrentHashMap<>();

	private final List<Set<SecretSelector>> calls = new CopyOnWriteArrayList<>();

	private final CountDownLatch called = new CountDownLatch(1);

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private volatile boolean closed;

	/**
	 * Add or change a text secret.
	 * @param id the name or ARN, as references write it
	 * @param text the text
	 * @return this retrieval
	 */
	public InProcessRetrieval secret(String id, String text) {
		return secret(SecretSelector.current(new SecretId(id)), SecretContent.ofText(text));
	}

	/**
	 * Add or change a secret.
	 * @param selector what references ask for
	 * @param content the content
	 * @return this retrieval
	 */
	public InProcessRetrieval secret(SecretSelector selector, SecretContent content) {
		this.contents.put(selector, content);
		return this;
	}

	/**
	 * Let the current version of a secret fail.
	 * @param id the name or ARN, as references write it
	 * @param cause the cause
	 * @return this retrieval
	 */
	public InProcessRetrieval failure(String id, RetrievalFailure.Cause cause) {
		this.failures.put(SecretSelector.current(new SecretId(id)), cause);
		return this;
	}

	/**
	 * Let the current version of a secret be retrieved again.
	 * @param id the name or ARN, as references write it
	 */
	public void repair(String id) {
		this.failures.remove(SecretSelector.current(new SecretId(id)));
	}

	/**
	 * Hold up all calls until they are released.
	 * @return this retrieval
	 */
	public InProcessRetrieval hold() {
		this.gate = new CountDownLatch(1);
		return this;
	}

	/**
	 * Let the calls that are held up, and all that follow, go on.
	 */
	public void release() {
		this.gate.countDown();
	}

	/**
	 * Wait until secrets are retrieved for the first time, held up or not.
	 * @throws InterruptedException if this thread is interrupted meanwhile
	 */
	public void awaitCall() throws InterruptedException {
		this.called.await();
	}

	@Override
	public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
		if (this.closed) {
			throw new IllegalStateException("The retrieval is closed");
		}
		this.calls.add(new LinkedHashSet<>(selectors));
		this.called.countDown();
		boolean cancelled = isInterruptedAtGate();
		Map<SecretSelector, RetrievalOutcome> outcomes = new LinkedHashMap<>();
		selectors.forEach((selector) -> outcomes.put(selector, cancelled
				? RetrievalFailure.of(RetrievalFailure.Cause.CANCELLED, selector.id(), REGION) : outcome(selector)));
		return new RetrievalReport(outcomes, 1, Duration.ZERO, REGION);
	}

	private boolean isInterruptedAtGate() {
		try {
			this.gate.await();
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	private RetrievalOutcome outcome(SecretSelector selector) {
		SecretContent content = this.contents.get(selector);
		RetrievalFailure.Cause failure = this.failures.get(selector);
		String region = (selector.region() != null) ? selector.region() : REGION;
		if (content == null || failure != null) {
			return RetrievalFailure.of((failure != null) ? failure : RetrievalFailure.Cause.NOT_FOUND, selector.id(),
					region);
		}
		String arn = selector.id().isArn() ? selector.id().value()
				: "arn:aws:secretsmanager:%s:123456789012:secret:%s-AbCdEf".formatted(region, selector.id());
		String versionId = (selector.versionId() != null) ? selector.versionId() : VERSION_ID;
		String stage = (selector.stage() != null) ? selector.stage() : "AWSCURRENT";
		return new SecretVersion(arn, selector.id().name(), region, versionId, Set.of(stage), content, null,
				Instant.EPOCH);
	}

	/**
	 * Return how often secrets were retrieved.
	 * @return the number of calls
	 */
	public int calls() {
		return this.calls.size();
	}

	/**
	 * Return what was asked for.
	 * @return the names or ARNs, of all calls in order
	 */
	public List<String> asked() {
		List<String> asked = new ArrayList<>();
		this.calls.forEach((call) -> call.forEach((selector) -> asked.add(selector.id().value())));
		return asked;
	}

	/**
	 * Return whether this retrieval was closed.
	 * @return whether {@link #close()} was called
	 */
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
