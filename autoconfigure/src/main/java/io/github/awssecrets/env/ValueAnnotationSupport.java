package io.github.awssecrets.env;

import org.springframework.beans.factory.config.BeanDefinitionVisitor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.PlaceholderConfigurerSupport;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Makes references work in {@code @Value} and in bean definitions, and values of secrets
 * arrive there as they are.
 */
final class ValueAnnotationSupport {

	private ValueAnnotationSupport() {
	}

	static void register(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		ValueAnnotationResolver resolver = new ValueAnnotationResolver(secrets);
		// The first of all resolvers, as it needs the annotation's own text
		beanFactory.addEmbeddedValueResolver(resolver);
		if (beanFactory.getAutowireCandidateResolver().getClass() == ContextAnnotationAutowireCandidateResolver.class) {
			beanFactory.setAutowireCandidateResolver(new ValueAnnotationConverter(resolver));
		}
	}

	/**
	 * Complete the support when all bean definitions are there. If nothing resolves
	 * placeholders in them, only the resolver is added that a context adds itself where
	 * there is no other, as there is now.
	 * @param context the context
	 * @param secrets the secrets of the application
	 */
	static void complete(ConfigurableApplicationContext context, SecretsEnvironment secrets) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		if (beanFactory.getBeanNamesForType(PlaceholderConfigurerSupport.class, true, false).length > 0) {
			resolveBeanDefinitions(beanFactory, new ValueAnnotationResolver(secrets));
		}
		else {
			beanFactory.addEmbeddedValueResolver(context.getEnvironment()::resolvePlaceholders);
		}
	}

	/**
	 * Resolve the texts in bean definitions, which Spring treats as those of annotations:
	 * placeholders, then expressions.
	 */
	private static void resolveBeanDefinitions(ConfigurableListableBeanFactory beanFactory,
			ValueAnnotationResolver resolver) {
		BeanDefinitionVisitor visitor = new BeanDefinitionVisitor(resolver);
		for (String name : beanFactory.getBeanDefinitionNames()) {
			visitor.visitBeanDefinition(beanFactory.getBeanDefinition(name));
		}
	}

}
