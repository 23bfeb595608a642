package io.github.awssecrets.amqp;

import com.rabbitmq.client.ConnectionFactory;
import io.github.awssecrets.credentials.ClientPostProcessor;
import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has each connection factory whose password is that of {@code spring.rabbitmq.password},
 * and comes from a secret, follow its rotations.
 */
public final class RabbitConnectionPostProcessor extends ClientPostProcessor<AbstractConnectionFactory> {

	static final ConfigurationPropertyName PASSWORD = ConfigurationPropertyName
		.of(RotatingRabbitLogin.PREFIX + ".password");

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 * @param consumers is told what to give to the factories
	 * @param watcher has to look when a login was refused
	 */
	public RabbitConnectionPostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		super(AbstractConnectionFactory.class, context, consumers, watcher);
	}

	@Override
	protected void inspect(AbstractConnectionFactory connections, SecretsEnvironment secrets) {
		ConnectionFactory factory = connections.getRabbitConnectionFactory();
		if (factory.getPassword() != null && factory.getPassword().equals(secrets.value(PASSWORD))) {
			RotatingRabbitLogin login = new RotatingRabbitLogin(factory, this::pollSoon);
			add(RotatingRabbitLogin.PREFIX, login);
			factory.setCredentialsProvider(login);
			connections.addConnectionListener(login);
		}
	}

}
