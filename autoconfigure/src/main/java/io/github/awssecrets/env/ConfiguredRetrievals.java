package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.io.Resource;

/**
 * Creates the retrieval that the settings ask for: from AWS Secrets Manager, from the
 * emulator that a connection tells of, or from a file.
 */
class ConfiguredRetrievals implements Retrievals {

	private static final Log logger = LogFactory.getLog(ConfiguredRetrievals.class);

	@Override
	public SecretRetrieval create(SecretsProperties settings, List<SecretsManagerClientCustomizer> customizers,
			ServiceConnections connections, RetrievalListener listener) {
		Resource file = settings.local();
		return (file != null) ? local(file)
				: SecretRetrieval.aws(connections.applyTo(settings.toRetrievalSettings()), customizers, listener);
	}

	private static SecretRetrieval local(Resource file) {
		if (!file.exists()) {
			throw new InvalidConfigurationPropertyValueException(SecretsProperties.PREFIX + ".local",
					file.getDescription(), "There is no such file");
		}
		logger.info("Secrets come from %s, and AWS is not used".formatted(file.getDescription()));
		return SecretRetrieval.local(file);
	}

	@Override
	public boolean connects() {
		return true;
	}

}
