package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.actuate.LoginMetrics;
import io.github.awssecrets.actuate.SecretsMetrics;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchClock;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the metrics of the secrets in use.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@Conditional(OnSecretsCondition.class)
public final class SecretsMetricsAutoConfiguration {

	/**
	 * Apart, so that nothing of Micrometer is loaded where it is missing.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(MeterRegistry.class)
	static class Measured {

		@Bean
		@ConditionalOnMissingBean
		SecretsMetrics secretsMetrics(SecretsEnvironment secrets, ObjectProvider<SecretsWatcher> watcher,
				ObjectProvider<WatchClock> clock) {
			// The watcher tells its listeners, of which this is one
			return new SecretsMetrics(secrets, () -> watcher.getObject().status(),
					clock.getIfAvailable(WatchClock::system));
		}

		@Bean
		@ConditionalOnMissingBean
		LoginMetrics secretsLoginMetrics() {
			return new LoginMetrics();
		}

	}

}
