package io.github.awssecrets.credentials;

import java.util.Set;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * What one consumer is given, and what it has taken. Safe for use by several threads.
 *
 * @param <T> the type of a set of credentials
 */
final class ConsumerCredentials<T> {

	private final String name;

	private final CredentialConsumer<T> consumer;

	private final ConfigurationPropertyName prefix;

	private final Environment environment;

	private final @Nullable SecretsEnvironment secrets;

	private @Nullable Snapshot taken;

	ConsumerCredentials(String name, CredentialConsumer<T> consumer, Environment environment,
			@Nullable SecretsEnvironment secrets) {
		this.name = name;
		this.consumer = consumer;
		this.prefix = ConfigurationPropertyName.of(consumer.prefix());
		this.environment = environment;
		this.secrets = secrets;
	}

	String name() {
		return this.name;
	}

	ConfigurationPropertyName prefix() {
		return this.prefix;
	}

	boolean areIn(Set<ConfigurationPropertyName> names) {
		return names.stream().anyMatch((each) -> this.prefix.equals(each) || this.prefix.isAncestorOf(each));
	}

	/**
	 * Give the consumer its first set.
	 */
	synchronized void start() {
		SecretsEnvironment source = this.secrets;
		if (source == null) {
			this.consumer.accept(bindFirst());
			return;
		}
		SecretSnapshots snapshots = source.snapshots();
		T credentials = snapshots.consistently(() -> {
			T first = bindFirst();
			this.taken = snapshots.current();
			return first;
		});
		this.consumer.accept(credentials);
	}

	private T bindFirst() {
		try {
			T bound = bind();
			if (bound != null) {
				return bound;
			}
		}
		catch (BindException ex) {
			// Its causes may show a value
			throw problem("%s under '%s' cannot be bound".formatted(ex.getName(), this.prefix),
					"Correct the property, or the key of the secret that it refers to.");
		}
		throw problem("there is no property under '%s'".formatted(this.prefix),
				"Set the properties, or remove the consumer.");
	}

	private CredentialBindingException problem(String cause, String action) {
		return new CredentialBindingException("CredentialConsumer '%s' cannot be given a %s: %s.".formatted(this.name,
				this.consumer.type().getSimpleName(), cause), action);
	}

	private @Nullable T bind() {
		return Binder.get(this.environment).bind(this.prefix, Bindable.of(this.consumer.type())).orElse(null);
	}

	/**
	 * Have the consumer check the set that this thread reads.
	 * @throws RejectedCredentialsException if it cannot be taken
	 */
	void check() {
		this.consumer.check(bindNext());
	}

	private T bindNext() {
		try {
			T bound = bind();
			if (bound != null) {
				return bound;
			}
		}
		catch (BindException ex) {
			// Its causes may show a value
		}
		throw new RejectedCredentialsException("the properties under '%s' cannot be bound".formatted(this.prefix));
	}

	/**
	 * Give the consumer the set that the application has now, if it has another one.
	 */
	synchronized void update() {
		SecretsEnvironment source = this.secrets;
		Snapshot before = this.taken;
		if (source == null || before == null || source.snapshots().isCurrent(before)) {
			return;
		}
		Snapshot now = source.snapshots().current();
		if (areIn(source.changedProperties(before, now).keySet())) {
			T credentials = source.snapshots().reading(now, this::bindNext);
			Assert.state(credentials != null, "Bound");
			this.consumer.check(credentials);
			this.consumer.accept(credentials);
		}
		this.taken = now;
	}

}
