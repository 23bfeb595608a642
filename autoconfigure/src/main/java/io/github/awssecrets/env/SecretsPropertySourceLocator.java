package io.github.awssecrets.env;

import java.util.List;
import java.util.function.Function;

import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cloud.bootstrap.config.PropertySourceLocator;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;

/**
 * Locates the secrets that an Environment refers to. What it returns has no properties:
 * it carries the secrets of the application. Their values are in the twins, one just
 * before each source that holds references, since a source of resolved properties in
 * front of all others would win over plain values in higher sources, break collections,
 * and hide where a property was written.
 */
public final class SecretsPropertySourceLocator implements PropertySourceLocator {

	private static final Log logger = LogFactory.getLog(SecretsPropertySourceLocator.class);

	private final Function<SecretsProperties, SecretRetrieval> retrievals;

	/**
	 * Create a locator of secrets in AWS Secrets Manager, or in the file that is
	 * configured instead.
	 * @param customizers what is applied to the builder of each client, in this order
	 */
	public SecretsPropertySourceLocator(List<? extends SecretsManagerClientCustomizer> customizers) {
		this((settings) -> (settings.local() != null) ? local(settings.local())
				: SecretRetrieval.aws(settings.toRetrievalSettings(), customizers));
	}

	private static SecretRetrieval local(Resource file) {
		if (!file.exists()) {
			throw new InvalidConfigurationPropertyValueException(SecretsProperties.PREFIX + ".local",
					file.getDescription(), "There is no such file");
		}
		logger.info("Secrets come from %s, and AWS is not used".formatted(file.getDescription()));
		return SecretRetrieval.local(file);
	}

	SecretsPropertySourceLocator(Function<SecretsProperties, SecretRetrieval> retrievals) {
		this.retrievals = retrievals;
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
		SecretsEnvironment secrets = new SecretsEnvironment(
				((ConfigurableEnvironment) environment).getPropertySources(), this.retrievals);
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
