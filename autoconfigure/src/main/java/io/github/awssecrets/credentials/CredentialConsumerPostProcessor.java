package io.github.awssecrets.credentials;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Gives each bean that is a {@link CredentialConsumer} its first set of credentials.
 */
public final class CredentialConsumerPostProcessor implements BeanPostProcessor {

	private final ConfigurableListableBeanFactory beans;

	private final ObjectProvider<CredentialConsumers> consumers;

	/**
	 * Create a post-processor.
	 * @param beans the beans
	 * @param consumers is told of the consumers
	 */
	public CredentialConsumerPostProcessor(ConfigurableListableBeanFactory beans,
			ObjectProvider<CredentialConsumers> consumers) {
		this.beans = beans;
		this.consumers = consumers;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof CredentialConsumer<?> consumer) {
			if (this.beans.containsBean(beanName) && !this.beans.isSingleton(beanName)) {
				throw new IllegalStateException(
						"CredentialConsumer '%s' must be a singleton: what is in another scope would be called for ever"
							.formatted(beanName));
			}
			this.consumers.getObject().add(beanName, consumer);
		}
		return bean;
	}

}
