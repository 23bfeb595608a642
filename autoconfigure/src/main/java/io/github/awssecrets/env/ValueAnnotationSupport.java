package io.github.awssecrets.env;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.PlaceholderConfigurerSupport;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Makes references work in {@code @Value}, and values of secrets arrive there as they
 * are.
 */
final class ValueAnnotationSupport {

	private ValueAnnotationSupport() {
	}

	static void register(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		ValueAnnotationResolver resolver = new ValueAnnotationResolver(secrets);
		// The first of all resolvers, as it needs the annotation's own text
		beanFactory.addEmbeddedValueResolver(resolver);
		context.addBeanFactoryPostProcessor((factory) -> addDefaultResolver(context, factory));
		if (beanFactory.getAutowireCandidateResolver().getClass() == ContextAnnotationAutowireCandidateResolver.class) {
			beanFactory.setAutowireCandidateResolver(new ValueAnnotationConverter(resolver));
		}
	}

	/**
	 * Add the resolver that a context adds itself only where there is no other, as there
	 * is now.
	 */
	private static void addDefaultResolver(ConfigurableApplicationContext context,
			ConfigurableListableBeanFactory factory) {
		if (factory.getBeanNamesForType(PlaceholderConfigurerSupport.class, true, false).length == 0) {
			factory.addEmbeddedValueResolver(context.getEnvironment()::resolvePlaceholders);
		}
	}

}
