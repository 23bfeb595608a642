package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.awssecrets.reference.SecretSelector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The listeners to the retrievals of one application. Secrets are retrieved before there
 * are beans that could listen: whoever is added until the start has ended is told of all
 * earlier calls. Safe for use by several threads.
 */
public final class RetrievalListeners implements RetrievalListener {

	private static final Log logger = LogFactory.getLog(RetrievalListeners.class);

	/** More than the start of 100,000 secrets takes. */
	private static final int MAXIMUM_EARLY_CALLS = 10_000;

	private final List<RetrievalCall> early = new ArrayList<>();

	private volatile List<RetrievalListener> listeners = List.of();

	private boolean started;

	/**
	 * Add a listener.
	 * @param listener the listener
	 */
	public synchronized void add(RetrievalListener listener) {
		List<RetrievalListener> all = new ArrayList<>(this.listeners);
		all.add(listener);
		this.early.forEach((call) -> tell(listener, call));
		this.listeners = List.copyOf(all);
	}

	/**
	 * Say that the start has ended: earlier calls are forgotten.
	 */
	public synchronized void endStart() {
		this.started = true;
		this.early.clear();
	}

	@Override
	public void called(RetrievalCall call) {
		remember(call).forEach((listener) -> tell(listener, call));
	}

	private synchronized List<RetrievalListener> remember(RetrievalCall call) {
		if (!this.started && this.early.size() < MAXIMUM_EARLY_CALLS) {
			this.early.add(call);
		}
		return this.listeners;
	}

	private static void tell(RetrievalListener listener, RetrievalCall call) {
		try {
			listener.called(call);
		}
		catch (RuntimeException ex) {
			logger.warn("Listener %s failed: %s".formatted(listener.getClass().getName(), ex.getClass().getName()));
		}
	}

	@Override
	public RetrievalReport aroundRetrieval(Supplier<RetrievalReport> retrieval) {
		Supplier<RetrievalReport> all = retrieval;
		for (RetrievalListener listener : this.listeners) {
			Supplier<RetrievalReport> inner = all;
			all = () -> listener.aroundRetrieval(inner);
		}
		return all.get();
	}

	/**
	 * Return a retrieval that these listeners are called around.
	 * @param retrieval what retrieves
	 * @return the retrieval
	 */
	public SecretRetrieval listenTo(SecretRetrieval retrieval) {
		return new SecretRetrieval() {

			@Override
			public RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout) {
				return aroundRetrieval(() -> retrieval.retrieve(selectors, timeout));
			}

			@Override
			public Map<SecretSelector, String> kmsKeys(Collection<SecretSelector> selectors, Duration timeout) {
				return retrieval.kmsKeys(selectors, timeout);
			}

			@Override
			public void close() {
				retrieval.close();
			}

		};
	}

}
