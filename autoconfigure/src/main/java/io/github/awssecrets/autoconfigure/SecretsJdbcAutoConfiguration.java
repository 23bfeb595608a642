package io.github.awssecrets.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.jdbc.DataSourceNames;
import io.github.awssecrets.jdbc.HikariPoolPostProcessor;
import io.github.awssecrets.jdbc.HikariPools;
import io.github.awssecrets.jdbc.LoginFailureClassifier;
import io.github.awssecrets.jdbc.LoginRetryListener;
import io.github.awssecrets.jdbc.OtherPoolPostProcessor;
import io.github.awssecrets.jdbc.PoolEvictions;
import io.github.awssecrets.jdbc.SecretJdbcConnectionDetails;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchThreads;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.Assert;

/**
 * Auto-configuration for database connections whose credentials come from secrets.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class, before = DataSourceAutoConfiguration.class)
@ConditionalOnClass(DataSourceProperties.class)
@Conditional(OnSecretsCondition.class)
public final class SecretsJdbcAutoConfiguration {

	@Bean
	static OtherPoolPostProcessor secretsOtherPoolPostProcessor(ConfigurableApplicationContext context) {
		return new OtherPoolPostProcessor(context);
	}

	@Bean
	DataSourceNames secretsDataSourceNames(ListableBeanFactory beans, SecretsEnvironment secrets) {
		return new DataSourceNames(beans, secrets);
	}

	@Bean
	@Conditional(OnJdbcSecretCondition.class)
	@ConditionalOnMissingBean(JdbcConnectionDetails.class)
	SecretJdbcConnectionDetails secretsJdbcConnectionDetails(SecretsEnvironment secrets) {
		String id = secrets.settings().jdbc().secret();
		Assert.state(id != null, "The condition has seen it");
		return new SecretJdbcConnectionDetails(secrets.snapshots(), SecretSelector.current(new SecretId(id)));
	}

	/**
	 * The pools that can follow rotations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HikariDataSource.class)
	static class Hikari {

		@Bean
		static HikariPoolPostProcessor secretsHikariPoolPostProcessor(ConfigurableApplicationContext context,
				ObjectProvider<HikariPools> pools, ObjectProvider<LoginFailureClassifier> classifiers,
				ObjectProvider<LoginRetryListener> listeners, ObjectProvider<SecretsWatcher> watcher) {
			return new HikariPoolPostProcessor(context, pools, classifiers, listeners, watcher);
		}

		@Bean
		PoolEvictions secretsPoolEvictions() {
			return new PoolEvictions(WatchClock.system(), WatchThreads.daemons("aws-secrets-jdbc"));
		}

		@Bean
		HikariPools secretsHikariPools(PoolEvictions evictions) {
			return new HikariPools(evictions);
		}

	}

}
