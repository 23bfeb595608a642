package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.actuate.EnvironmentReadAdvisor;
import io.github.awssecrets.actuate.SecretsSanitizingFunction;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.ShownProperties;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * Auto-configuration for what keeps values of secrets out of the answers of the actuator.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
@Conditional(OnSecretsCondition.class)
public final class SecretsSanitizingAutoConfiguration {

	@Bean
	SecretsSanitizingFunction secretsSanitizingFunction(Environment environment) {
		return new SecretsSanitizingFunction(shown(environment));
	}

	@Bean
	EnvironmentReadAdvisor secretsEnvironmentReadAdvisor(Environment environment) {
		return new EnvironmentReadAdvisor(shown(environment));
	}

	private static ShownProperties shown(Environment environment) {
		SecretsEnvironment secrets = SecretsEnvironment.find(environment);
		Assert.state(secrets != null, "The Environment has no secrets");
		return secrets.shown();
	}

}
