package io.github.awssecrets.redis;

import java.util.List;
import java.util.Objects;

import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.env.SecretsEnvironment;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.ReauthenticateBehavior;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.protocol.ProtocolVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * Has the connections that Spring Boot makes with Lettuce follow the rotations of their
 * credentials, if these come from secrets.
 */
public final class LettuceCredentialsCustomizer
		implements LettuceClientConfigurationBuilderCustomizer, LettuceClientOptionsBuilderCustomizer, Ordered {

	private static final List<String> ELEMENTS = List.of("username", "password", "url");

	private final Environment environment;

	private final ObjectProvider<DataRedisConnectionDetails> details;

	private final CredentialConsumers consumers;

	/**
	 * Create a customizer.
	 * @param environment the Environment, which has the secrets
	 * @param details where Redis is, and how to log in
	 * @param consumers is told what to give to the connections
	 */
	public LettuceCredentialsCustomizer(Environment environment, ObjectProvider<DataRedisConnectionDetails> details,
			CredentialConsumers consumers) {
		this.environment = environment;
		this.details = details;
		this.consumers = consumers;
	}

	/* After those of the application, whose protocol matters here */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(ClientOptions.Builder builder) {
		// With the older protocol, Lettuce refuses connections that listen to channels
		if (isFromSecrets() && builder.build().getConfiguredProtocolVersion() != ProtocolVersion.RESP2) {
			builder.reauthenticateBehavior(ReauthenticateBehavior.ON_NEW_CREDENTIALS);
		}
	}

	@Override
	public void customize(LettuceClientConfigurationBuilder builder) {
		RotatingRedisCredentials credentials = isFromSecrets() ? new RotatingRedisCredentials() : null;
		if (credentials != null) {
			this.consumers.add(RotatingRedisCredentials.PREFIX, credentials);
			builder.redisCredentialsProviderFactory(new RedisCredentialsProviderFactory() {

				@Override
				public RedisCredentialsProvider createCredentialsProvider(RedisConfiguration configuration) {
					return credentials;
				}

			});
		}
	}

	/* Other connection details win over properties: those of a container, say */
	private boolean isFromSecrets() {
		SecretsEnvironment secrets = SecretsEnvironment.find(this.environment);
		DataRedisConnectionDetails inUse = this.details.getIfAvailable();
		if (secrets == null || inUse == null) {
			return false;
		}
		ConfigurationPropertyName prefix = ConfigurationPropertyName.of(RotatingRedisCredentials.PREFIX);
		boolean found = ELEMENTS.stream().map(prefix::append).anyMatch(secrets.effectiveNames()::contains);
		return found && isSame(inUse);
	}

	private boolean isSame(DataRedisConnectionDetails inUse) {
		RedisLogin login = new RedisLogin(value("username"), value("password"), value("url"));
		return Objects.equals(inUse.getPassword(), login.effectivePassword());
	}

	private @Nullable String value(String element) {
		return this.environment.getProperty(RotatingRedisCredentials.PREFIX + "." + element);
	}

}
