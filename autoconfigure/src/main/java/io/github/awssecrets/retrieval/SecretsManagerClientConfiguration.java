package io.github.awssecrets.retrieval;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configuration that gives the application's own code a client for its own Region, with
 * the settings and customizers that references are retrieved with, and with the SDK's
 * retries. The client is created when it is first asked for, and backs off to one that
 * the application defines. References are never retrieved through it.
 * <p>
 * Needs a {@link RetrievalSettings} bean; {@link SecretsManagerClientCustomizer} beans
 * are applied in their order.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SecretsManagerClient.class)
public final class SecretsManagerClientConfiguration implements DisposableBean {

	private volatile @Nullable ClientFactory factory;

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	SecretsManagerClient secretsManagerClient(RetrievalSettings settings,
			ObjectProvider<SecretsManagerClientCustomizer> customizers) {
		ClientFactory factory = ClientFactory.forApplication(settings, customizers.orderedStream().toList());
		this.factory = factory;
		try {
			return factory.create(settings.region());
		}
		catch (CallFailedException ex) {
			throw new IllegalStateException("No client of AWS Secrets Manager: " + ex.failure().detail());
		}
	}

	@Override
	public void destroy() {
		ClientFactory factory = this.factory;
		if (factory != null) {
			factory.close();
		}
	}

}
