package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.credentials.CredentialConsumer;
import io.github.awssecrets.credentials.CredentialConsumerPostProcessor;
import io.github.awssecrets.credentials.CredentialConsumers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for beans that are a {@link CredentialConsumer}. They get their
 * first credentials also where nothing comes from secrets.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class)
public final class SecretsCredentialsAutoConfiguration {

	@Bean
	static CredentialConsumerPostProcessor secretsCredentialConsumerPostProcessor(
			ConfigurableApplicationContext context, ObjectProvider<CredentialConsumers> consumers) {
		return new CredentialConsumerPostProcessor(context.getBeanFactory(), consumers);
	}

	@Bean
	CredentialConsumers secretsCredentialConsumers(ConfigurableApplicationContext context) {
		return new CredentialConsumers(context.getEnvironment());
	}

}
