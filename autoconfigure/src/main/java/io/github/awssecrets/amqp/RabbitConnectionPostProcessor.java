package io.github.awssecrets.amqp;

import com.rabbitmq.client.ConnectionFactory;
import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has each connection factory whose password is that of {@code spring.rabbitmq.password},
 * and comes from a secret, follow its rotations.
 */
public final class RabbitConnectionPostProcessor implements BeanPostProcessor {

	private static final ConfigurationPropertyName PASSWORD = ConfigurationPropertyName
		.of(RotatingRabbitLogin.PREFIX + ".password");

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<CredentialConsumers> consumers;

	private final ObjectProvider<SecretsWatcher> watcher;

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 * @param consumers is told what to give to the factories
	 * @param watcher has to look when a login was refused
	 */
	public RabbitConnectionPostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		this.context = context;
		this.consumers = consumers;
		this.watcher = watcher;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
		if (secrets != null && bean instanceof AbstractConnectionFactory connections
				&& isFromSecrets(connections.getRabbitConnectionFactory(), secrets)) {
			follow(connections);
		}
		return bean;
	}

	private static boolean isFromSecrets(ConnectionFactory factory, SecretsEnvironment secrets) {
		return factory.getPassword() != null && factory.getPassword().equals(secrets.value(PASSWORD));
	}

	private void follow(AbstractConnectionFactory connections) {
		ConnectionFactory factory = connections.getRabbitConnectionFactory();
		RotatingRabbitLogin login = new RotatingRabbitLogin(factory,
				() -> this.watcher.ifAvailable(SecretsWatcher::pollSoon));
		this.consumers.getObject().add(RotatingRabbitLogin.PREFIX, login);
		factory.setCredentialsProvider(login);
		connections.addConnectionListener(login);
	}

}
