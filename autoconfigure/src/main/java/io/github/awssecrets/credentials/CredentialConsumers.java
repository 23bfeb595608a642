package io.github.awssecrets.credentials;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollReport;
import io.github.awssecrets.refresh.RotationCheck;
import io.github.awssecrets.refresh.RotationRefusedException;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.snapshot.SecretChange;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * The consumers of an application: has each check new versions before anything has them,
 * and gives each its set when the beans have followed. One that fails does not concern
 * the others. Safe for use by several threads.
 */
public final class CredentialConsumers implements RotationCheck, WatchListener, Ordered {

	private static final Log logger = LogFactory.getLog(CredentialConsumers.class);

	private final Environment environment;

	private final @Nullable SecretsEnvironment secrets;

	private final List<ConsumerCredentials<?>> all = new CopyOnWriteArrayList<>();

	/**
	 * Create an instance without consumers.
	 * @param environment the Environment to bind from
	 */
	public CredentialConsumers(Environment environment) {
		this.environment = environment;
		this.secrets = SecretsEnvironment.find(environment);
	}

	/**
	 * Add a consumer, and give it its first set.
	 * @param <T> the type of a set
	 * @param name what to call it in messages
	 * @param consumer the consumer
	 * @throws CredentialBindingException if its properties cannot be bound
	 */
	public <T> void add(String name, CredentialConsumer<T> consumer) {
		ConsumerCredentials<T> credentials = new ConsumerCredentials<>(name, consumer, this.environment, this.secrets);
		credentials.start();
		// What was promoted meanwhile reaches it with the next poll
		this.all.add(credentials);
	}

	/* Before those who are told that a rotation has reached the application */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void check(Set<ConfigurationPropertyName> changed) {
		for (ConsumerCredentials<?> each : this.all) {
			if (each.areIn(changed)) {
				check(each);
			}
		}
	}

	private static void check(ConsumerCredentials<?> each) {
		try {
			each.check();
		}
		catch (RejectedCredentialsException ex) {
			throw new RotationRefusedException(each.prefix(), String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			// Its message may show a value
			throw new RotationRefusedException(each.prefix(),
					"CredentialConsumer '%s' cannot take it (%s)".formatted(each.name(), ex.getClass().getName()));
		}
	}

	@Override
	public void applied(Map<SecretSelector, SecretChange> changes) {
		update();
	}

	/* For those that have failed to take a set */
	@Override
	public void polled(PollReport report) {
		update();
	}

	private void update() {
		for (ConsumerCredentials<?> each : this.all) {
			try {
				each.update();
			}
			catch (RuntimeException ex) {
				logger.warn(("CredentialConsumer '%s' has not taken its new credentials (%s). They are offered again "
						+ "after the next poll.")
					.formatted(each.name(), ex.getClass().getName()));
			}
		}
	}

}
