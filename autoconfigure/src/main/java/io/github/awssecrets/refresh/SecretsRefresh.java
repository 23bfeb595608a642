package io.github.awssecrets.refresh;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The part of secrets in a refresh, whichever of Spring Cloud's refreshers does it: what
 * is staged becomes current between the pictures that these take of all properties before
 * and after, so that the event they publish names exactly what changed. The refreshers
 * see to it that there is one refresh at a time.
 */
public final class SecretsRefresh {

	private static final Log logger = LogFactory.getLog(SecretsRefresh.class);

	private final SecretsEnvironment secrets;

	private final SecretSnapshots snapshots;

	private final SecretsWatcher watcher;

	private final BeanPreparation beans;

	private final RotationEvents events;

	private final List<RefreshListener> listeners;

	private final AtomicBoolean warned = new AtomicBoolean();

	/* Held while beans are prepared, and until they have what was prepared */
	private final ReentrantLock preparing = new ReentrantLock();

	private volatile @Nullable Thread watching;

	private volatile Map<SecretSelector, SecretChange> promoted = Map.of();

	/**
	 * Create an instance.
	 * @param secrets the secrets of the application
	 * @param watcher the watcher of its secrets
	 * @param rebinders the rebinder, if it is ours
	 * @param checks are asked before anything has new versions
	 * @param events is told what changed
	 * @param listeners are called around each refresh
	 */
	public SecretsRefresh(SecretsEnvironment secrets, SecretsWatcher watcher,
			ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders, ObjectProvider<RotationCheck> checks,
			RotationEvents events, List<? extends RefreshListener> listeners) {
		this.secrets = secrets;
		this.snapshots = secrets.snapshots();
		this.watcher = watcher;
		this.beans = new BeanPreparation(secrets, watcher, rebinders, checks, events);
		this.events = events;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Apply what was accepted before the application was ready.
	 */
	void applyPending() {
		// Waking the watcher for nothing would start a thread
		if (!this.watcher.pending().isEmpty()) {
			this.watcher.wake();
		}
	}

	/**
	 * Reject what the application cannot take, so that nothing is refreshed for that.
	 * @return whether there is something to apply
	 */
	boolean validate() {
		this.preparing.lock();
		try {
			this.beans.prepareStaged();
			this.beans.discard();
		}
		finally {
			this.preparing.unlock();
		}
		return !this.watcher.pending().isEmpty();
	}

	/**
	 * Do something that leads to a refresh on this thread, perhaps, for which the watcher
	 * has retrieved everything already.
	 * @param action what to do
	 */
	void requestedByWatcher(Runnable action) {
		this.watching = Thread.currentThread();
		try {
			action.run();
		}
		finally {
			this.watching = null;
		}
	}

	/**
	 * Refresh the application, with the listeners around it.
	 * @param refresh refreshes everything, and in it calls {@link #refreshEnvironment}
	 * @return the names of the changed properties
	 */
	Set<String> refresh(Supplier<Set<String>> refresh) {
		if (isDone()) {
			return Set.of();
		}
		Supplier<Set<String>> all = () -> {
			Set<String> names = refresh.get();
			acknowledge();
			return names;
		};
		for (RefreshListener listener : this.listeners) {
			Supplier<Set<String>> inner = all;
			all = () -> listener.aroundRefresh(inner);
		}
		return all.get();
	}

	/**
	 * Return whether somebody else has done by now what the watcher asked for. Another
	 * refresh would change nothing, and have Spring Cloud reset all beans for that.
	 * @return whether this thread need not refresh
	 */
	private boolean isDone() {
		return Thread.currentThread().equals(this.watching) && this.watcher.pending().isEmpty();
	}

	/**
	 * Refresh the Environment.
	 * @param refresh takes the pictures, and between them calls {@link #update}
	 * @return the names of the changed properties
	 */
	Set<String> refreshEnvironment(Supplier<Set<String>> refresh) {
		this.preparing.lock();
		try {
			this.secrets.beginPicture(this.events.pending());
			return refresh.get();
		}
		catch (RuntimeException | Error ex) {
			this.beans.discard();
			throw ex;
		}
		finally {
			this.secrets.endPicture();
			this.preparing.unlock();
		}
	}

	/**
	 * Update the Environment between the pictures. A rotation changes secrets and nothing
	 * else: it must reach the application while a config server does not answer, say.
	 * @param update updates whatever else there is, and looks for references again
	 */
	void update(Consumer<SecretsEnvironment> update) {
		this.secrets.endPicture();
		if (!Thread.currentThread().equals(this.watching)) {
			update.accept(this.secrets);
			retrieve();
		}
		promote();
		this.secrets.beginPicture(Set.of());
	}

	private void retrieve() {
		if (this.secrets.usedSecrets().isEmpty()) {
			return;
		}
		PollReport report = this.watcher.pollNow();
		if (report.error() != null) {
			logger.warn("Secrets could not be retrieved again for a refresh (%s): their last good values stay"
				.formatted(report.error()));
		}
		else if (!report.failures().isEmpty()) {
			logger.warn("%d of %d secrets could not be retrieved again for a refresh: their last good values stay"
				.formatted(report.failures().size(), report.secrets()));
		}
	}

	/**
	 * Make what is staged current, unless beans cannot take it.
	 */
	private void promote() {
		Set<ConfigurationPropertyName> known = this.secrets.effectiveNames();
		Map<ConfigurationPropertyName, Set<SecretSelector>> changed;
		Map<SecretSelector, SecretChange> changes;
		do {
			Snapshot after = this.beans.prepareStaged();
			changed = this.secrets.changedProperties(this.snapshots.current(), after);
			// Polls go on meanwhile: what beans have not been prepared for has to wait
			changes = this.watcher.promote(after);
		}
		while (changes == null);
		this.events.changed(changed);
		if (!changes.isEmpty()) {
			this.secrets.update();
			changes = this.beans.prepareCurrent(known, changes, changed);
		}
		this.promoted = changes;
	}

	/**
	 * Say that all beans have what the last update brought.
	 */
	private void acknowledge() {
		Map<SecretSelector, SecretChange> changes = this.promoted;
		this.promoted = Map.of();
		if (!changes.isEmpty()) {
			this.watcher.acknowledge(changes);
		}
	}

	/**
	 * Apply what is staged without a refresher.
	 * @param context the context
	 */
	void applyDirectly(ConfigurableApplicationContext context) {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("Rotations of secrets do not reach beans in @RefreshScope, as there is no refresher of the "
					+ "starter in this context: spring.cloud.refresh.enabled is false, the application has a ContextRefresher "
					+ "of its own, or the context is a child");
		}
		this.preparing.lock();
		try {
			refresh(() -> promoteAndPublish(context));
		}
		finally {
			this.preparing.unlock();
		}
	}

	private Set<String> promoteAndPublish(ConfigurableApplicationContext context) {
		promote();
		Set<String> names = this.events.pending()
			.stream()
			.map(ConfigurationPropertyName::toString)
			.collect(Collectors.toSet());
		context.publishEvent(new EnvironmentChangeEvent(context, names));
		acknowledge();
		return names;
	}

}
