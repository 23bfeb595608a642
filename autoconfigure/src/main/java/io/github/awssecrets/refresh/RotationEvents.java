package io.github.awssecrets.refresh;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes what became of rotations as events, and logs those that were applied, on a
 * thread that has no other duties: whoever listens may fail or hang. Safe for use by
 * several threads.
 */
public final class RotationEvents implements WatchListener {

	private static final Log logger = LogFactory.getLog(RotationEvents.class);

	private final ConfigurableApplicationContext context;

	private final Map<ConfigurationPropertyName, Set<SecretSelector>> changed = new LinkedHashMap<>();

	/**
	 * Create an instance.
	 * @param context the context to publish to
	 */
	public RotationEvents(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Take note of properties that were changed, and not acknowledged yet.
	 * @param properties the secrets in their values, by their names
	 */
	synchronized void changed(Map<ConfigurationPropertyName, Set<SecretSelector>> properties) {
		this.changed.putAll(properties);
	}

	/**
	 * Return the names of the properties whose change has not been acknowledged.
	 * @return the names
	 */
	synchronized Set<ConfigurationPropertyName> pending() {
		return Set.copyOf(this.changed.keySet());
	}

	/**
	 * Forget the properties that did not change after all.
	 * @param secrets the secrets whose change was taken back
	 */
	synchronized void forget(Set<SecretSelector> secrets) {
		this.changed.values().removeIf(secrets::containsAll);
	}

	@Override
	public void applied(Map<SecretSelector, SecretChange> changes) {
		Map<Object, SecretRotatedEvent> events = new LinkedHashMap<>();
		synchronized (this) {
			changes.forEach((selector, change) -> {
				Object secret = (change.after() instanceof SecretVersion version) ? version.arn() : selector;
				SecretRotatedEvent event = new SecretRotatedEvent(selector.id().value(), change.oldVersionId(),
						change.newVersionId(), properties(selector));
				SecretRotatedEvent other = events.get(secret);
				events.put(secret, (other != null) ? join(other, event, selector.isCurrent()) : event);
			});
			this.changed.values().removeIf((secrets) -> secrets.stream().anyMatch(changes::containsKey));
		}
		events.values().forEach((event) -> {
			logger.info(describe(event));
			publish(event);
		});
	}

	/* A stage may have moved with the current version */
	private static SecretRotatedEvent join(SecretRotatedEvent first, SecretRotatedEvent next, boolean nextIsCurrent) {
		SecretRotatedEvent versions = nextIsCurrent ? next : first;
		Set<String> properties = new LinkedHashSet<>(first.properties());
		properties.addAll(next.properties());
		return new SecretRotatedEvent(first.secretId(), versions.oldVersionId(), versions.newVersionId(), properties);
	}

	private static String describe(SecretRotatedEvent event) {
		String name = new SecretId(event.secretId()).name();
		String before = event.oldVersionId();
		String after = event.newVersionId();
		if (after == null) {
			return "Secret %s does not exist: defaults apply".formatted(name);
		}
		int count = event.properties().size();
		String properties = (count > 0) ? ", %d %s".formatted(count, (count > 1) ? "properties" : "property") : "";
		return (before != null)
				? "Secret %s rotated: version %s -> %s%s".formatted(name, WatchedSecret.shortId(before),
						WatchedSecret.shortId(after), properties)
				: "Secret %s is there now: version %s%s".formatted(name, WatchedSecret.shortId(after), properties);
	}

	private Set<String> properties(SecretSelector selector) {
		return this.changed.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().contains(selector))
			.map((entry) -> entry.getKey().toString())
			.collect(Collectors.toSet());
	}

	@Override
	public void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
			String reason) {
		publish(new SecretRotationRejectedEvent(secret.id().value(), versionIdInUse, rejectedVersionId, reason));
	}

	private void publish(Object event) {
		if (!this.context.isActive()) {
			return;
		}
		try {
			this.context.publishEvent(event);
		}
		catch (RuntimeException ex) {
			logger.warn(
					"A listener to %s failed: %s".formatted(event.getClass().getSimpleName(), ex.getClass().getName()));
		}
	}

}
