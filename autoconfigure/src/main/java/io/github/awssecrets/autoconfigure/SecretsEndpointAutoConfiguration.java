package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.actuate.SecretsEndpoint;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the {@code secrets} endpoint.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsEndpointAutoConfiguration {

	/**
	 * Apart, so that nothing of actuator is loaded where it is missing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(SecretsEndpoint.class)
	static class Available {

		@Bean
		@ConditionalOnMissingBean
		SecretsEndpoint secretsEndpoint(SecretsEnvironment secrets, SecretsWatcher watcher,
				RefreshEventApplier applier) {
			return new SecretsEndpoint(secrets, watcher, applier);
		}

	}

}
