package io.github.awssecrets.refresh;

import java.lang.reflect.Method;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.InitDestroyAnnotationBeanPostProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls what a bean does when it is destroyed and initialized, and nothing else: nothing
 * is bound, wrapped or registered again.
 */
final class LifecycleCallbacks {

	private final DefaultListableBeanFactory beanFactory;

	LifecycleCallbacks(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Call the methods annotated with {@code @PreDestroy} and
	 * {@link DisposableBean#destroy()}.
	 * @param bean the bean, without proxies
	 * @param name its name
	 */
	void destroy(Object bean, String name) {
		annotated().forEach((processor) -> processor.postProcessBeforeDestruction(bean, name));
		if (bean instanceof DisposableBean disposable) {
			call(disposable::destroy);
		}
	}

	/**
	 * Call the methods annotated with {@code @PostConstruct},
	 * {@link InitializingBean#afterPropertiesSet()} and the init method of the bean
	 * definition, in Spring's order.
	 * @param bean the bean, without proxies
	 * @param name its name
	 */
	void initialize(Object bean, String name) {
		annotated().forEach((processor) -> processor.postProcessBeforeInitialization(bean, name));
		if (bean instanceof InitializingBean initializing) {
			call(initializing::afterPropertiesSet);
		}
		Method method = initMethod(bean, name);
		if (method != null) {
			ReflectionUtils.makeAccessible(method);
			ReflectionUtils.invokeMethod(method, bean);
		}
	}

	private Stream<InitDestroyAnnotationBeanPostProcessor> annotated() {
		return this.beanFactory.getBeanPostProcessors()
			.stream()
			.filter(InitDestroyAnnotationBeanPostProcessor.class::isInstance)
			.map(InitDestroyAnnotationBeanPostProcessor.class::cast);
	}

	private @Nullable Method initMethod(Object bean, String name) {
		BeanDefinition definition = this.beanFactory.containsBeanDefinition(name)
				? this.beanFactory.getMergedBeanDefinition(name) : null;
		String method = (definition != null) ? definition.getInitMethodName() : null;
		return (method != null) ? ReflectionUtils.findMethod(bean.getClass(), method) : null;
	}

	private static void call(Callback callback) {
		try {
			callback.call();
		}
		catch (Exception ex) {
			ReflectionUtils.rethrowRuntimeException(ex);
		}
	}

	private interface Callback {

		void call() throws Exception;

	}

}
