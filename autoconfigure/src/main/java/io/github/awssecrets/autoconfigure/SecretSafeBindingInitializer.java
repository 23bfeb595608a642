package io.github.awssecrets.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes the values of secrets out of failures to bind {@code @ConfigurationProperties},
 * in every context. Not an auto-configuration, which slices of a test would leave out.
 */
class SecretSafeBindingInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurationPropertiesBindHandlerAdvisor advisor = SecretSafeBindHandler::new;
		context.getBeanFactory().registerSingleton("secretSafeBindHandlerAdvisor", advisor);
	}

}
