package io.github.awssecrets.autoconfigure;

import java.util.Random;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.SecretsProperties;
import io.github.awssecrets.env.UsedSecret;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.RefreshListener;
import io.github.awssecrets.refresh.RotationCheck;
import io.github.awssecrets.refresh.RotationEvents;
import io.github.awssecrets.refresh.SecretsConfigDataContextRefresher;
import io.github.awssecrets.refresh.SecretsConfigurationPropertiesRebinder;
import io.github.awssecrets.refresh.SecretsLegacyContextRefresher;
import io.github.awssecrets.refresh.SecretsRefresh;
import io.github.awssecrets.refresh.SecretsRefreshScope;
import io.github.awssecrets.refresh.SecretsWatchLifecycle;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.refresh.WatchSettings;
import io.github.awssecrets.refresh.WatchThreads;
import io.github.awssecrets.refresh.WatchedSecret;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.properties.ConfigurationPropertiesBeans;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.refresh.LegacyContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.cloud.util.ConditionalOnBootstrapDisabled;
import org.springframework.cloud.util.ConditionalOnBootstrapEnabled;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/**
 * Auto-configuration for what follows rotations: the watcher, and the refreshers and the
 * rebinder that take the place of Spring Cloud's.
 */
@AutoConfiguration(after = ConfigurationPropertiesAutoConfiguration.class,
		before = { RefreshAutoConfiguration.class, ConfigurationPropertiesRebinderAutoConfiguration.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsRefreshAutoConfiguration {

	@Bean(destroyMethod = "")
	SecretsEnvironment secretsEnvironment(ConfigurableApplicationContext context) {
		SecretsEnvironment secrets = SecretsEnvironment.find(context.getEnvironment());
		Assert.state(secrets != null, "The Environment has no secrets");
		return secrets;
	}

	@Bean
	RotationEvents secretsRotationEvents(ConfigurableApplicationContext context) {
		return new RotationEvents(context);
	}

	@Bean
	RefreshEventApplier secretsRefreshEventApplier(ConfigurableApplicationContext context,
			ObjectProvider<ContextRefresher> refreshers, ObjectProvider<SecretsRefresh> refresh) {
		return new RefreshEventApplier(context, refreshers, refresh);
	}

	@Bean
	SecretsWatcher secretsWatcher(SecretsEnvironment secrets, RefreshEventApplier applier,
			ObjectProvider<WatchListener> listeners, ObjectProvider<WatchClock> clock,
			ObjectProvider<WatchThreads> threads) {
		SecretsProperties.Watch watch = secrets.settings().watch();
		return new SecretsWatcher(secrets.snapshots(),
				() -> secrets.usedSecrets().stream().map(SecretsRefreshAutoConfiguration::watched).toList(), applier,
				new WatchSettings(watch.enabled(), watch.interval(), watch.jitter()),
				listeners.orderedStream().toList(), clock.getIfAvailable(WatchClock::system), new Random(),
				threads.getIfAvailable(WatchThreads::daemons));
	}

	private static WatchedSecret watched(UsedSecret used) {
		return new WatchedSecret(used.selector(), used.keys(), used.imported());
	}

	@Bean
	SecretsRefresh secretsRefresh(SecretsEnvironment secrets, SecretsWatcher watcher,
			ObjectProvider<SecretsConfigurationPropertiesRebinder> rebinders, ObjectProvider<RotationCheck> checks,
			RotationEvents events, ObjectProvider<RefreshListener> listeners) {
		return new SecretsRefresh(secrets, watcher, rebinders, checks, events, listeners.orderedStream().toList());
	}

	@Bean
	SecretsWatchLifecycle secretsWatchLifecycle(SecretsEnvironment secrets, SecretsWatcher watcher) {
		return new SecretsWatchLifecycle(secrets, watcher);
	}

	@Bean
	@ConditionalOnBean(ConfigurationPropertiesBindingPostProcessor.class)
	@ConditionalOnMissingBean(value = ConfigurationPropertiesRebinder.class, search = SearchStrategy.CURRENT)
	SecretsConfigurationPropertiesRebinder configurationPropertiesRebinder(ConfigurationPropertiesBeans beans,
			ObjectProvider<RefreshProperties> properties) {
		return new SecretsConfigurationPropertiesRebinder(beans, properties.getIfAvailable(RefreshProperties::new));
	}

	/**
	 * Conditional as Spring Cloud's own scope and refreshers are, to which a refresher of
	 * the application is the same.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = RefreshAutoConfiguration.REFRESH_SCOPE_ENABLED, matchIfMissing = true)
	static class Refreshers {

		@Bean
		@ConditionalOnMissingBean(RefreshScope.class)
		static SecretsRefreshScope refreshScope() {
			return new SecretsRefreshScope();
		}

		@Bean
		@ConditionalOnMissingBean(ConfigDataContextRefresher.class)
		@ConditionalOnBootstrapDisabled
		SecretsConfigDataContextRefresher configDataContextRefresher(ConfigurableApplicationContext context,
				RefreshScope scope, RefreshProperties properties, SecretsRefresh secrets) {
			return new SecretsConfigDataContextRefresher(context, scope, properties, secrets);
		}

		@Bean
		@ConditionalOnMissingBean(LegacyContextRefresher.class)
		@ConditionalOnBootstrapEnabled
		SecretsLegacyContextRefresher legacyContextRefresher(ConfigurableApplicationContext context, RefreshScope scope,
				RefreshProperties properties, SecretsRefresh secrets) {
			return new SecretsLegacyContextRefresher(context, scope, properties, secrets);
		}

	}

}
