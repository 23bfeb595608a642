package io.github.awssecrets.env;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Post-processor that looks for references again while beans are defined: before any
 * configuration class is processed, for those that had to wait for Docker Compose, and
 * when all beans are defined, for those that waited for a container, and for what
 * {@code @PropertySource} adds.
 */
final class SecretsCompletion implements BeanDefinitionRegistryPostProcessor {

	private final ConfigurableApplicationContext context;

	private final SecretsEnvironment secrets;

	SecretsCompletion(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		this.context = context;
		this.secrets = secrets;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		this.secrets.installStarted();
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		this.secrets.installAll();
		SecretSafeConversionService.install(this.context.getEnvironment());
		ValueAnnotationSupport.complete(this.context, this.secrets);
	}

}
