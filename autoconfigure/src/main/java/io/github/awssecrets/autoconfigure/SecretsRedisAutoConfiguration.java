package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.redis.LettuceCredentialsCustomizer;
import io.lettuce.core.RedisCredentialsProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for Redis connections whose credentials come from secrets.
 */
@AutoConfiguration(after = SecretsCredentialsAutoConfiguration.class)
@ConditionalOnClass({ RedisCredentialsProvider.class, DataRedisConnectionDetails.class })
@Conditional(OnSecretsCondition.class)
public final class SecretsRedisAutoConfiguration {

	@Bean
	LettuceCredentialsCustomizer secretsLettuceCredentialsCustomizer(Environment environment,
			ObjectProvider<DataRedisConnectionDetails> details, CredentialConsumers consumers) {
		return new LettuceCredentialsCustomizer(environment, details, consumers);
	}

}
