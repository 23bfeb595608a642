package io.github.awssecrets.refresh;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.SecretsProperties.Refresh.Strategy;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
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

	private final ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders;

	private final RotationEvents events;

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
	 * @param events is told what changed
	 */
	public SecretsRefresh(SecretsEnvironment secrets, SecretsWatcher watcher,
			ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders, RotationEvents events) {
		this.secrets = secrets;
		this.snapshots = secrets.snapshots();
		this.watcher = watcher;
		this.rebinders = rebinders;
		this.events = events;
	}

	void wake() {
		this.watcher.wake();
	}

	/**
	 * Reject what beans cannot take, so that nothing is refreshed for that.
	 * @return whether there is something to apply
	 */
	boolean validate() {
		this.preparing.lock();
		try {
			prepareStaged();
			discard();
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
			discard();
			throw ex;
		}
		finally {
			this.secrets.endPicture();
			this.preparing.unlock();
		}
	}

	/**
	 * Update the Environment between the pictures.
	 * @param update looks for references again after whatever else is to be updated
	 */
	void update(Runnable update) {
		this.secrets.endPicture();
		update.run();
		if (!Thread.currentThread().equals(this.watching)) {
			retrieve();
		}
		promote();
		this.secrets.beginPicture(Set.of());
	}

	SecretsEnvironment secrets() {
		return this.secrets;
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
		prepareStaged();
		Snapshot before = this.snapshots.current();
		Snapshot after = this.snapshots.staged();
		Map<ConfigurationPropertyName, Set<SecretSelector>> changed = this.secrets.changedProperties(before, after);
		Set<ConfigurationPropertyName> known = this.secrets.effectiveNames();
		this.events.changed(changed);
		this.promoted = this.watcher.promote();
		if (this.promoted.isEmpty()) {
			return;
		}
		this.secrets.update();
		prepareCurrent(known);
	}

	/**
	 * Bind and validate what the staged versions will change, and reject those that some
	 * bean cannot take.
	 */
	private void prepareStaged() {
		SecretsConfigurationPropertiesRebinder rebinder = rebinder();
		while (rebinder != null && !this.snapshots.stagedChanges().isEmpty()) {
			Set<SecretSelector> staged = this.snapshots.stagedChanges().keySet();
			Snapshot after = this.snapshots.staged();
			Map<ConfigurationPropertyName, Set<SecretSelector>> changed = this.secrets
				.changedProperties(this.snapshots.current(), after);
			try {
				this.snapshots.reading(after, () -> {
					rebinder.prepare(changed.keySet());
					return true;
				});
				return;
			}
			catch (RuntimeException ex) {
				this.watcher.reject(reasons(ex, staged, changed));
			}
		}
	}

	/**
	 * Prepare again where the first time did not see everything: keys that are new in an
	 * import, environment variables, of which Boot keeps copies, and what an earlier
	 * refresh left.
	 */
	private void prepareCurrent(Set<ConfigurationPropertyName> known) {
		SecretsConfigurationPropertiesRebinder rebinder = rebinder();
		if (rebinder == null) {
			return;
		}
		Set<ConfigurationPropertyName> names = new LinkedHashSet<>(this.secrets.effectiveNames());
		names.removeAll(known);
		names.addAll(this.events.pending());
		try {
			rebinder.prepare(names);
		}
		catch (RuntimeException ex) {
			// Spring Cloud's way will tell
			logger.debug("Beans cannot be prepared: %s".formatted(ex.getClass().getName()));
			rebinder.discard();
		}
	}

	private @Nullable SecretsConfigurationPropertiesRebinder rebinder() {
		return (this.secrets.settings().refresh().strategy() == Strategy.PUBLISH) ? this.rebinders.getIfAvailable()
				: null;
	}

	/**
	 * Return why staged versions are rejected: those of the secrets in the properties of
	 * the bean that cannot take them; all, if that is not known.
	 */
	private static Map<SecretSelector, String> reasons(RuntimeException failure, Set<SecretSelector> staged,
			Map<ConfigurationPropertyName, Set<SecretSelector>> changed) {
		ConfigurationPropertyName prefix = prefix(failure);
		Set<SecretSelector> guilty = new LinkedHashSet<>();
		if (prefix != null) {
			changed.forEach((name, selectors) -> {
				if (prefix.isAncestorOf(name)) {
					guilty.addAll(selectors);
				}
			});
			guilty.retainAll(staged);
		}
		String reason = (prefix != null) ? "the properties under '%s' cannot be bound or are invalid".formatted(prefix)
				: "a bean of configuration properties cannot take it (%s)".formatted(failure.getClass().getName());
		return (guilty.isEmpty() ? staged : guilty).stream()
			.collect(Collectors.toMap((selector) -> selector, (selector) -> reason, (one, other) -> one,
					LinkedHashMap::new));
	}

	private static @Nullable ConfigurationPropertyName prefix(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConfigurationPropertiesBindException bind) {
				return ConfigurationPropertyName.of(bind.getAnnotation().prefix());
			}
		}
		return null;
	}

	/**
	 * Say that all beans have what the last update brought.
	 */
	void acknowledge() {
		Map<SecretSelector, SecretChange> changes = this.promoted;
		this.promoted = Map.of();
		if (!changes.isEmpty()) {
			this.watcher.acknowledge(changes);
		}
	}

	private void discard() {
		SecretsConfigurationPropertiesRebinder rebinder = rebinder();
		if (rebinder != null) {
			rebinder.discard();
		}
	}

	/**
	 * Apply what is staged without a refresher.
	 * @param context the context
	 */
	void applyDirectly(ConfigurableApplicationContext context) {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("Rotations of secrets do not reach beans in @RefreshScope, as there is no refresher of the "
					+ "starter: spring.cloud.refresh.enabled is false, or the application has a ContextRefresher of its own");
		}
		this.preparing.lock();
		try {
			promote();
			Set<String> names = this.events.pending()
				.stream()
				.map(ConfigurationPropertyName::toString)
				.collect(Collectors.toSet());
			context.publishEvent(new EnvironmentChangeEvent(context, names));
			acknowledge();
		}
		finally {
			this.preparing.unlock();
		}
	}

}
