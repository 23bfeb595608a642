package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.embedded.VersionListener;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.ImmediateRotations;
import io.github.awssecrets.refresh.RefreshEventApplier;
import io.github.awssecrets.refresh.SecretsWatcher;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration for tests that rotate secrets of an embedded Secrets Manager: what
 * its server tells, so that a test goes on when the application has followed.
 */
@AutoConfiguration(after = SecretsRefreshAutoConfiguration.class)
@ConditionalOnClass(VersionListener.class)
@Conditional(OnSecretsCondition.class)
public final class EmbeddedServerAutoConfiguration {

	@Bean
	ImmediateRotations secretsImmediateRotations(ConfigurableApplicationContext context, SecretsEnvironment secrets,
			SecretsWatcher watcher, RefreshEventApplier applier) {
		return new ImmediateRotations(context, secrets, watcher, applier);
	}

}
