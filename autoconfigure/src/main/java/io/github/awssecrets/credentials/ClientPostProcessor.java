package io.github.awssecrets.credentials;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Looks at each client of one type, once it is made, and has it follow the rotations of
 * its credentials.
 *
 * @param <C> the type of client
 */
public abstract class ClientPostProcessor<C> implements BeanPostProcessor {

	private final Class<C> type;

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<CredentialConsumers> consumers;

	private final ObjectProvider<SecretsWatcher> watcher;

	/**
	 * Create a post-processor.
	 * @param type the type of client
	 * @param context the context, whose Environment has the secrets
	 * @param consumers is told what to give to the clients
	 * @param watcher has to look when a login was refused
	 */
	protected ClientPostProcessor(Class<C> type, ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		this.type = type;
		this.context = context;
		this.consumers = consumers;
		this.watcher = watcher;
	}

	@Override
	public final Object postProcessAfterInitialization(Object bean, String beanName) {
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
		if (secrets != null && this.type.isInstance(bean)) {
			inspect(this.type.cast(bean), secrets);
		}
		return bean;
	}

	/**
	 * Have a client follow, if its credentials come from secrets.
	 * @param client the client
	 * @param secrets the secrets of the application
	 */
	protected abstract void inspect(C client, SecretsEnvironment secrets);

	/**
	 * Add a consumer, and give it its first set.
	 * @param name what to call it in messages
	 * @param consumer the consumer
	 */
	protected final void add(String name, CredentialConsumer<?> consumer) {
		this.consumers.getObject().add(name, consumer);
	}

	/**
	 * Make the next poll due now, if there is a watcher.
	 */
	protected final void pollSoon() {
		this.watcher.ifAvailable(SecretsWatcher::pollSoon);
	}

}
