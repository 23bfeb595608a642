package io.github.awssecrets.env;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;

import org.springframework.cloud.bootstrap.config.PropertySourceLocator;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;

/**
 * Locates the secrets that an Environment refers to. What it returns has no properties:
 * it carries the secrets of the application. Their values are in the twins, one just
 * before each source that holds references, since a source of resolved properties in
 * front of all others would win over plain values in higher sources, break collections,
 * and hide where a property was written.
 */
public final class SecretsPropertySourceLocator implements PropertySourceLocator {

	private final BiFunction<SecretsProperties, ServiceConnections, SecretRetrieval> retrievals;

	private final boolean connecting;

	/**
	 * Create a locator of secrets in AWS Secrets Manager.
	 * @param customizers what is applied to the builder of each client, in this order
	 */
	public SecretsPropertySourceLocator(List<? extends SecretsManagerClientCustomizer> customizers) {
		this.retrievals = (settings, connections) -> SecretRetrieval
			.aws(connections.applyTo(settings.toRetrievalSettings()), customizers);
		this.connecting = true;
	}

	SecretsPropertySourceLocator(Function<SecretsProperties, SecretRetrieval> retrievals) {
		this.retrievals = (settings, connections) -> retrievals.apply(settings);
		this.connecting = false;
	}

	/**
	 * Retrieve the secrets that an Environment refers to, and install the twins that
	 * answer with them.
	 * @param environment the Environment, complete but for the secrets
	 * @return the carrier of the secrets, for the end of the Environment
	 * @throws UnresolvedReferenceException if there are references without a value and
	 * the application is to fail fast; it names them all
	 */
	@Override
	public PropertySource<?> locate(Environment environment) {
		Assert.isInstanceOf(ConfigurableEnvironment.class, environment);
		return locate((ConfigurableEnvironment) environment, ServiceConnections.none());
	}

	/**
	 * Do the same for an application whose secrets may be in an emulator that is started
	 * for it. If that is not known yet, nothing is retrieved.
	 */
	PropertySource<?> locate(ConfigurableEnvironment environment, ServiceConnections connections) {
		ServiceConnections used = this.connecting ? connections : ServiceConnections.none();
		SecretsEnvironment secrets = new SecretsEnvironment(environment, used,
				(settings) -> this.retrievals.apply(settings, used));
		try {
			secrets.install();
			return new SecretsMarker(secrets);
		}
		catch (RuntimeException ex) {
			secrets.close();
			throw ex;
		}
	}

}
