package io.github.awssecrets.connection;

import io.github.awssecrets.retrieval.AccessKey;
import io.github.awssecrets.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The {@link AwsSecretsConnectionDetails} of an application, looked up when secrets are
 * first retrieved. They exist at three points in time: those of a container in a static
 * field of a test, when the context is initialized; those of Docker Compose, before
 * configuration classes are processed; and those of a container that is a bean, after
 * that. So where they may still come, retrieval has to wait.
 */
public final class ServiceConnections {

	private static final String CONTAINER = "org.testcontainers.localstack.LocalStackContainer";

	private static final String CONTAINER_SUPPORT = "org.springframework.boot.testcontainers.service.connection.ServiceConnection";

	private static final String COMPOSE_SUPPORT = "org.springframework.boot.docker.compose.lifecycle.DockerComposeProperties";

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile Awaited awaited = Awaited.NOTHING;

	private ServiceConnections(@Nullable ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the connections of an application that has none.
	 * @return no connections
	 */
	public static ServiceConnections none() {
		return new ServiceConnections(null);
	}

	/**
	 * Return the connections of an application.
	 * @param beanFactory its bean factory
	 * @return the connections
	 */
	public static ServiceConnections of(ConfigurableListableBeanFactory beanFactory) {
		return new ServiceConnections(beanFactory);
	}

	/**
	 * Wait for connections, if there are none yet but may still come.
	 * @param environment the Environment of the application
	 */
	public void await(Environment environment) {
		if (this.beanFactory != null && !arePresent(this.beanFactory)) {
			this.awaited = Awaited.of(this.beanFactory.getBeanClassLoader(), environment);
		}
	}

	/**
	 * Return whether connections may still come.
	 * @return whether to wait
	 */
	public boolean areAwaited() {
		return this.awaited != Awaited.NOTHING;
	}

	/**
	 * Say that Docker Compose has started what it will start.
	 * @return whether that ends the wait
	 */
	public boolean endComposeWait() {
		if (this.awaited == Awaited.COMPOSE
				|| (areAwaited() && this.beanFactory != null && arePresent(this.beanFactory))) {
			this.awaited = Awaited.NOTHING;
			return true;
		}
		return false;
	}

	/**
	 * Say that all beans are defined.
	 */
	public void endWait() {
		this.awaited = Awaited.NOTHING;
	}

	/**
	 * Return settings for the connection that there is. A container is started for that,
	 * if it is not running.
	 * @param settings the settings
	 * @return these settings if there is no connection, or else those of the connection
	 */
	public RetrievalSettings applyTo(RetrievalSettings settings) {
		return (this.beanFactory != null)
				? applyTo(settings,
						this.beanFactory.getBeanProvider(AwsSecretsConnectionDetails.class).getIfAvailable())
				: settings;
	}

	/**
	 * Return settings for a connection.
	 * @param settings the settings
	 * @param details the connection, or {@code null} if there is none
	 * @return the settings
	 */
	public static RetrievalSettings applyTo(RetrievalSettings settings, @Nullable AwsSecretsConnectionDetails details) {
		if (details == null) {
			return settings;
		}
		String region = details.getRegion();
		return settings.to(details.getEndpoint(), (region != null) ? region : settings.region(),
				new AccessKey(details.getAccessKey(), details.getSecretKey()));
	}

	/* Creates no bean and initializes no factory of one */
	private static boolean arePresent(ConfigurableListableBeanFactory beanFactory) {
		return beanFactory.getBeanNamesForType(AwsSecretsConnectionDetails.class, true, false).length > 0;
	}

	/**
	 * What may still bring connections.
	 */
	private enum Awaited {

		NOTHING, COMPOSE, CONTAINERS;

		static Awaited of(@Nullable ClassLoader classLoader, Environment environment) {
			if (ClassUtils.isPresent(CONTAINER, classLoader) && ClassUtils.isPresent(CONTAINER_SUPPORT, classLoader)) {
				return CONTAINERS;
			}
			boolean compose = ClassUtils.isPresent(COMPOSE_SUPPORT, classLoader)
					&& environment.getProperty("spring.docker.compose.enabled", Boolean.class, true);
			return compose ? COMPOSE : NOTHING;
		}

	}

}
