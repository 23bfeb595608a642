package io.github.awssecrets.refresh;

import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A view of an application context with another Environment. Spring Cloud's refreshers
 * put what they have loaded into that of the context, source by source.
 */
final class UpdatedContext {

	private UpdatedContext() {
	}

	/**
	 * Return a view of a context.
	 * @param context the context
	 * @param environment the Environment that the view has
	 * @return the view
	 */
	static ConfigurableApplicationContext of(ConfigurableApplicationContext context,
			ConfigurableEnvironment environment) {
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(ConfigurableApplicationContext.class);
		factory.setTarget(context);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.getMethod().getName().equals("getEnvironment")
				? environment : invocation.proceed());
		return (ConfigurableApplicationContext) factory.getProxy(context.getClassLoader());
	}

}
