package io.github.awssecrets.refresh;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

/**
 * Prepares the application for new versions of secrets, before these are announced to
 * anyone: has them checked, and beans of configuration properties bound to them. Rejects
 * the versions that a check refuses or some bean cannot take.
 */
final class BeanPreparation {

	private static final Log logger = LogFactory.getLog(BeanPreparation.class);

	private final SecretsEnvironment secrets;

	private final SecretSnapshots snapshots;

	private final SecretsWatcher watcher;

	private final ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders;

	private final ObjectProvider<RotationCheck> checks;

	private final RotationEvents events;

	BeanPreparation(SecretsEnvironment secrets, SecretsWatcher watcher,
			ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders, ObjectProvider<RotationCheck> checks,
			RotationEvents events) {
		this.secrets = secrets;
		this.snapshots = secrets.snapshots();
		this.watcher = watcher;
		this.rebinders = rebinders;
		this.checks = checks;
		this.events = events;
	}

	/**
	 * Check what the staged versions will change, bind and validate beans to it, and
	 * reject the versions that some cannot take.
	 * @return what is staged, and can be taken
	 */
	Snapshot prepareStaged() {
		while (true) {
			Snapshot before = this.snapshots.current();
			Snapshot after = this.snapshots.staged();
			Set<SecretSelector> staged = before.changesTo(after).keySet();
			if (staged.isEmpty()) {
				return after;
			}
			Map<ConfigurationPropertyName, Set<SecretSelector>> changed = this.secrets.changedProperties(before, after);
			try {
				this.snapshots.reading(after, () -> {
					prepare(changed.keySet());
					return true;
				});
				return after;
			}
			catch (RuntimeException ex) {
				Set<SecretSelector> guilty = guilty(ex, staged, changed);
				this.watcher.reject(reasons(ex, guilty.isEmpty() ? staged : guilty));
			}
		}
	}

	private void prepare(Set<ConfigurationPropertyName> changed) {
		this.checks.orderedStream().forEach((check) -> check.check(changed));
		SecretsConfigurationPropertiesRebinder rebinder = rebinder();
		if (rebinder != null) {
			rebinder.prepare(changed);
		}
	}

	/**
	 * Prepare again where the first time did not see everything: keys that are new in an
	 * import, environment variables, and what an earlier refresh left. Of environment
	 * variables Boot keeps copies, so that no bean can be bound to what is staged: what
	 * beans cannot take is taken back.
	 * @param known the names of the properties with references before the promotion
	 * @param promoted what was promoted
	 * @param changed the properties that this changed
	 * @return what stays promoted
	 */
	Map<SecretSelector, SecretChange> prepareCurrent(Set<ConfigurationPropertyName> known,
			Map<SecretSelector, SecretChange> promoted, Map<ConfigurationPropertyName, Set<SecretSelector>> changed) {
		RuntimeException failure = prepareCurrent(known);
		Set<SecretSelector> guilty = (failure != null) ? guilty(failure, promoted.keySet(), changed) : Set.of();
		if (failure == null || guilty.isEmpty()) {
			return promoted;
		}
		Map<SecretSelector, SecretChange> others = this.watcher.takeBack(reasons(failure, guilty));
		this.events.forget(guilty);
		this.secrets.update();
		prepareCurrent(known);
		return others;
	}

	/**
	 * Forget what was prepared.
	 */
	void discard() {
		SecretsConfigurationPropertiesRebinder rebinder = rebinder();
		if (rebinder != null) {
			rebinder.discard();
		}
	}

	private @Nullable RuntimeException prepareCurrent(Set<ConfigurationPropertyName> known) {
		Set<ConfigurationPropertyName> names = new LinkedHashSet<>(this.secrets.effectiveNames());
		names.removeAll(known);
		names.addAll(this.events.pending());
		try {
			prepare(names);
			return null;
		}
		catch (RuntimeException ex) {
			// If it stays so, Spring Cloud's way will tell
			logger.debug("Beans cannot be prepared: %s".formatted(ex.getClass().getName()));
			discard();
			return ex;
		}
	}

	private @Nullable SecretsConfigurationPropertiesRebinder rebinder() {
		return (this.secrets.settings().refresh().strategy() == Strategy.PUBLISH) ? this.rebinders.getIfAvailable()
				: null;
	}

	/**
	 * Return the secrets in the properties of the bean that cannot take them.
	 */
	private static Set<SecretSelector> guilty(RuntimeException failure, Set<SecretSelector> candidates,
			Map<ConfigurationPropertyName, Set<SecretSelector>> changed) {
		ConfigurationPropertyName prefix = prefix(failure);
		Set<SecretSelector> guilty = new LinkedHashSet<>();
		changed.forEach((name, selectors) -> {
			if (prefix != null && (prefix.equals(name) || prefix.isAncestorOf(name))) {
				guilty.addAll(selectors);
			}
		});
		guilty.retainAll(candidates);
		return guilty;
	}

	private static Map<SecretSelector, String> reasons(RuntimeException failure, Set<SecretSelector> guilty) {
		String reason = reason(failure);
		return guilty.stream()
			.collect(Collectors.toMap((selector) -> selector, (selector) -> reason, (one, other) -> one,
					LinkedHashMap::new));
	}

	private static String reason(RuntimeException failure) {
		if (failure instanceof RotationRefusedException refusal) {
			return refusal.getReason();
		}
		ConfigurationPropertyName prefix = prefix(failure);
		return (prefix != null) ? "the properties under '%s' cannot be bound or are invalid".formatted(prefix)
				: "a bean of configuration properties cannot take it (%s)".formatted(failure.getClass().getName());
	}

	private static @Nullable ConfigurationPropertyName prefix(Throwable failure) {
		if (failure instanceof RotationRefusedException refusal) {
			return refusal.prefix();
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConfigurationPropertiesBindException bind) {
				return ConfigurationPropertyName.of(bind.getAnnotation().prefix());
			}
		}
		return null;
	}

}
