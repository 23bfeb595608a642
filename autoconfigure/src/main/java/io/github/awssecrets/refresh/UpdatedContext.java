package io.github.awssecrets.refresh;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What one of Spring Cloud's refreshers takes for its context. It puts what it has loaded
 * into the Environment of that, source by source; so while it does, it gets a view of the
 * context with another Environment. Guarded by the refresher.
 */
final class UpdatedContext {

	private @Nullable ConfigurableApplicationContext view;

	/**
	 * Update another Environment than that of the context.
	 * @param context the context
	 * @param environment the Environment to update
	 * @param update updates the Environment of the context {@linkplain #or that it gets}
	 */
	void during(ConfigurableApplicationContext context, ConfigurableEnvironment environment, Runnable update) {
		this.view = view(context, environment);
		try {
			update.run();
		}
		finally {
			this.view = null;
		}
	}

	/**
	 * Return the context of the refresher.
	 * @param context the context itself
	 * @return the view during an update, or else the context
	 */
	ConfigurableApplicationContext or(ConfigurableApplicationContext context) {
		ConfigurableApplicationContext view = this.view;
		return (view != null) ? view : context;
	}

	private static ConfigurableApplicationContext view(ConfigurableApplicationContext context,
			ConfigurableEnvironment environment) {
		ProxyFactory factory = new ProxyFactory();
		factory.setInterfaces(ConfigurableApplicationContext.class);
		factory.setTarget(context);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.getMethod().getName().equals("getEnvironment")
				? environment : invocation.proceed());
		return (ConfigurableApplicationContext) factory.getProxy(context.getClassLoader());
	}

}
