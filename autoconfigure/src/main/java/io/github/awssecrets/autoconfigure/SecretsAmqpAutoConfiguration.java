package io.github.awssecrets.autoconfigure;

import java.util.Properties;

import com.rabbitmq.client.impl.CredentialsProvider;
import io.github.awssecrets.amqp.RabbitConnectionPostProcessor;
import io.github.awssecrets.amqp.RabbitListenerSettings;
import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for connections to RabbitMQ whose credentials come from secrets.
 */
@AutoConfiguration(after = SecretsCredentialsAutoConfiguration.class)
@ConditionalOnClass({ AbstractConnectionFactory.class, CredentialsProvider.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsAmqpAutoConfiguration {

	private SecretsAmqpAutoConfiguration() {
		// Instantiated by Spring, for its static methods
	}

	@Bean
	static RabbitConnectionPostProcessor secretsRabbitConnectionPostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers, ObjectProvider<SecretsWatcher> watcher) {
		return new RabbitConnectionPostProcessor(context, consumers, watcher);
	}

	/* By its name only: an application may have Properties of its own to inject */
	@Bean(name = RabbitListenerSettings.BEAN_NAME, autowireCandidate = false)
	@ConditionalOnMissingBean(name = RabbitListenerSettings.BEAN_NAME)
	static Properties secretsRabbitListenerSettings(ConfigurableApplicationContext context) {
		return RabbitListenerSettings.of(context.getEnvironment());
	}

}
