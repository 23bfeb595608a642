package io.github.awssecrets.connection;

import java.net.URI;

import io.github.awssecrets.retrieval.AccessKey;
import io.github.awssecrets.retrieval.RetrievalSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The {@link AwsSecretsConnectionDetails} of an application, looked up when secrets are
 * first retrieved. They exist at three points in time: those of a container in a static
 * field of a test, when the context is initialized; those of Docker Compose, before
 * configuration classes are processed; and those of a container that is a bean, after
 * that. So where they may still come, retrieval has to wait. Those that come when nobody
 * has waited for them count for nobody, so that all who retrieve secrets do it in the
 * same place.
 */
public final class ServiceConnections {

	private static final String CONTAINER = "org.testcontainers.localstack.LocalStackContainer";

	private static final String CONTAINER_SUPPORT = "org.springframework.boot.testcontainers.service.connection.ServiceConnection";

	private static final String COMPOSE_SUPPORT = "org.springframework.boot.docker.compose.lifecycle.DockerComposeProperties";

	private static final String UNEXPECTED = "they were defined after secrets are retrieved. "
			+ "Register them in an ApplicationContextInitializer";

	private static final Log logger = LogFactory.getLog(ServiceConnections.class);

	private final @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile Awaited awaited = Awaited.NOTHING;

	/* Why connections that are not known yet do not count, if they do not */
	private volatile @Nullable String tooLate;

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
	 * Wait for connections, if there are none yet but may still come, and the settings do
	 * not name an endpoint. Without a wait, those that come later do not count.
	 * @param environment the Environment of the application
	 * @param endpoint the endpoint in the settings, or {@code null} if there is none
	 */
	public void await(Environment environment, @Nullable URI endpoint) {
		if (this.beanFactory == null || arePresent(this.beanFactory)) {
			return;
		}
		if (endpoint != null) {
			this.tooLate = "aws.secrets.endpoint is set. Remove one of them";
			return;
		}
		this.awaited = Awaited.of(this.beanFactory.getBeanClassLoader(), environment);
		if (!areAwaited()) {
			this.tooLate = UNEXPECTED;
		}
	}

	/**
	 * Wait for good, as nothing is to be retrieved.
	 */
	public void suspend() {
		this.awaited = Awaited.FOREVER;
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
		if (this.awaited == Awaited.FOREVER) {
			return false;
		}
		boolean present = this.beanFactory != null && arePresent(this.beanFactory);
		if (this.awaited == Awaited.COMPOSE || (areAwaited() && present)) {
			this.tooLate = present ? null : UNEXPECTED;
			this.awaited = Awaited.NOTHING;
			return true;
		}
		return false;
	}

	/**
	 * Say that all beans are defined. Those that do not count are logged.
	 */
	public void endWait() {
		this.awaited = Awaited.NOTHING;
		String reason = this.tooLate;
		if (reason != null && this.beanFactory != null && arePresent(this.beanFactory)) {
			logger.warn("Connection details '%s' are not used, as %s"
				.formatted(String.join("', '", names(this.beanFactory)), reason));
		}
	}

	/**
	 * Return settings for the connection that there is. A container is started for that,
	 * if it is not running.
	 * @param settings the settings
	 * @return these settings if there is no connection that counts, or else those of the
	 * connection
	 */
	public RetrievalSettings applyTo(RetrievalSettings settings) {
		if (this.beanFactory == null || this.tooLate != null) {
			return settings;
		}
		AwsSecretsConnectionDetails details = this.beanFactory.getBeanProvider(AwsSecretsConnectionDetails.class)
			.getIfAvailable();
		if (details == null) {
			return settings;
		}
		String region = details.getRegion();
		return settings.to(details.getEndpoint(), (region != null) ? region : settings.region(),
				new AccessKey(details.getAccessKey(), details.getSecretKey()));
	}

	private static boolean arePresent(ConfigurableListableBeanFactory beanFactory) {
		return names(beanFactory).length > 0;
	}

	/* Creates no bean and initializes no factory of one */
	private static String[] names(ConfigurableListableBeanFactory beanFactory) {
		return beanFactory.getBeanNamesForType(AwsSecretsConnectionDetails.class, true, false);
	}

	/**
	 * What may still bring connections.
	 */
	private enum Awaited {

		NOTHING, COMPOSE, CONTAINERS, FOREVER;

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
