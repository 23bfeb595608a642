package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.actuate.SecretsObservations;
import io.github.awssecrets.env.SecretsEnvironment;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for observations of retrievals and refreshes.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@Conditional(OnSecretsCondition.class)
public final class SecretsObservationAutoConfiguration {

	/**
	 * Apart, so that nothing of Micrometer is loaded where it is missing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(ObservationRegistry.class)
	static class Observed {

		@Bean
		@ConditionalOnMissingBean
		SecretsObservations secretsObservations(SecretsEnvironment secrets, ObservationRegistry registry) {
			SecretsObservations observations = new SecretsObservations(registry);
			secrets.addRetrievalListener(observations);
			return observations;
		}

	}

}
