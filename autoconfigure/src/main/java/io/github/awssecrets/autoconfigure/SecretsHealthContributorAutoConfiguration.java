package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.actuate.SecretsHealthIndicator;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the health of the secrets in use.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsHealthContributorAutoConfiguration {

	/**
	 * Apart, so that nothing of health is loaded where it is missing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnEnabledHealthIndicator("secrets")
	static class Enabled {

		@Bean
		@ConditionalOnMissingBean(name = { "secretsHealthIndicator", "secretsHealthContributor" })
		SecretsHealthIndicator secretsHealthIndicator(SecretsEnvironment secrets, SecretsWatcher watcher) {
			return new SecretsHealthIndicator(secrets, watcher);
		}

	}

}
