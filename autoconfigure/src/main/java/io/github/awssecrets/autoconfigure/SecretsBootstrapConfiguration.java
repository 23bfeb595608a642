package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.env.BootstrapReferences;
import io.github.awssecrets.env.SecretsPropertySourceLocator;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/**
 * Configuration of Spring Cloud's bootstrap context, for applications that switch it on.
 * {@link SecretsManagerClientCustomizer} beans of that context are applied in their
 * order.
 */
@Configuration(proxyBeanMethods = false)
public final class SecretsBootstrapConfiguration {

	/**
	 * Backs off to a locator of the user. The order of bootstrap configurations is that
	 * of the class path, so one that is defined later counts too.
	 */
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	SecretsPropertySourceLocator secretsPropertySourceLocator(
			ObjectProvider<SecretsManagerClientCustomizer> customizers) {
		return new SecretsPropertySourceLocator(customizers.orderedStream().toList());
	}

	@Bean
	BootstrapReferences.Initializer secretsBootstrapReferencesInitializer() {
		return new BootstrapReferences.Initializer();
	}

}
