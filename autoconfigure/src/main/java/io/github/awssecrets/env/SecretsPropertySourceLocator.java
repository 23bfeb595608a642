package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.retrieval.RetrievalListeners;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;

import org.springframework.cloud.bootstrap.config.PropertySourceLocator;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;

/**
 * Locates the secrets that an Environment refers to, with the bootstrap context and
 * without. What it returns has no properties: it carries the secrets of the application.
 * Their values are in the twins, one just before each source that holds references, since
 * a source of resolved properties in front of all others would win over plain values in
 * higher sources, break collections, and hide where a property was written.
 * <p>
 * A bootstrap context asks {@linkplain #locateCollection for a collection}, and asks
 * before properties are decrypted: too early, so it gets nothing, and no locator that is
 * asked after this one gets the text of a reference.
 */
public final class SecretsPropertySourceLocator implements PropertySourceLocator, PriorityOrdered {

	private final List<SecretsManagerClientCustomizer> customizers;

	private final Retrievals retrievals;

	/**
	 * Create a locator of secrets in AWS Secrets Manager, or in the file that is
	 * configured instead.
	 * @param customizers what is applied to the builder of each client, in this order,
	 * after those of spring.factories and of the application's bootstrap registry
	 */
	public SecretsPropertySourceLocator(List<? extends SecretsManagerClientCustomizer> customizers) {
		this(customizers, new ConfiguredRetrievals());
	}

	SecretsPropertySourceLocator(List<? extends SecretsManagerClientCustomizer> customizers, Retrievals retrievals) {
		this.customizers = List.copyOf(customizers);
		this.retrievals = retrievals;
	}

	/**
	 * Return a locator with more customizers.
	 * @param first what is applied before the customizers of this one
	 * @return the locator
	 */
	SecretsPropertySourceLocator after(List<SecretsManagerClientCustomizer> first) {
		List<SecretsManagerClientCustomizer> all = new ArrayList<>(first);
		all.addAll(this.customizers);
		return new SecretsPropertySourceLocator(all, this.retrievals);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
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
		return locate(configurable(environment), ServiceConnections.none(), SecretsEnvironment::install);
	}

	/**
	 * Begin to retrieve the secrets of an application, which may be in an emulator that
	 * is started for it. If that is not known yet, nothing is retrieved.
	 * @param environment the Environment, complete but for the secrets
	 * @param connections where the secrets are, if settings do not say it
	 * @return the carrier of the secrets, for the end of the Environment
	 */
	PropertySource<?> begin(ConfigurableEnvironment environment, ServiceConnections connections) {
		return locate(environment, connections, SecretsEnvironment::begin);
	}

	private PropertySource<?> locate(ConfigurableEnvironment environment, ServiceConnections connections,
			Consumer<SecretsEnvironment> installation) {
		RetrievalListeners listeners = new RetrievalListeners();
		SecretsEnvironment secrets = new SecretsEnvironment(environment,
				this.retrievals.connects() ? connections : ServiceConnections.none(), listeners,
				(settings) -> this.retrievals.create(settings, this.customizers, connections, listeners));
		try {
			installation.accept(secrets);
			return new SecretsMarker(secrets);
		}
		catch (RuntimeException ex) {
			secrets.close();
			throw ex;
		}
	}

	/**
	 * Let reading a reference fail while other locators are asked.
	 * @param environment the Environment, neither decrypted nor complete
	 * @return no source
	 */
	@Override
	public Collection<PropertySource<?>> locateCollection(Environment environment) {
		BootstrapReferences.refuse(configurable(environment));
		return List.of();
	}

	private static ConfigurableEnvironment configurable(Environment environment) {
		Assert.isInstanceOf(ConfigurableEnvironment.class, environment);
		return (ConfigurableEnvironment) environment;
	}

}
