package io.github.awssecrets.amqp;

import java.util.Properties;

import io.github.awssecrets.env.SecretsEnvironment;

import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Settings of Spring AMQP for all listener containers that have none of their own.
 */
public final class RabbitListenerSettings {

	/** The name of the bean that Spring AMQP looks for. */
	public static final String BEAN_NAME = "spring.amqp.global.properties";

	private static final String REFUSED_IS_FATAL = "mlc.possible.authentication.failure.fatal";

	private RabbitListenerSettings() {
	}

	/**
	 * Have containers try again after a refused login, where Spring AMQP stops them for
	 * good, if the password comes from a secret: the next login may have a newer one.
	 * @param environment the Environment, which has the secrets
	 * @return the settings, none if the password does not come from a secret
	 */
	public static Properties of(ConfigurableEnvironment environment) {
		Properties settings = new Properties();
		SecretsEnvironment secrets = SecretsEnvironment.find(environment);
		if (secrets != null && secrets.value(RabbitConnectionPostProcessor.PASSWORD) != null) {
			settings.setProperty(REFUSED_IS_FATAL, "false");
		}
		return settings;
	}

}
