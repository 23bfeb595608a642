package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.ssl.SslBundlePostProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for SSL bundles whose certificates and keys come from secrets.
 */
@AutoConfiguration(after = SecretsCredentialsAutoConfiguration.class)
@ConditionalOnClass(PemSslBundleProperties.class)
@Conditional(OnSecretsCondition.class)
public final class SecretsSslAutoConfiguration {

	private SecretsSslAutoConfiguration() {
		// Instantiated by Spring, for its static methods
	}

	@Bean
	static SslBundlePostProcessor secretsSslBundlePostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers) {
		return new SslBundlePostProcessor(context, consumers);
	}

}
