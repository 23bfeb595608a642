package io.github.awssecrets.autoconfigure;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.env.SecretsProperties;
import io.github.awssecrets.retrieval.RetrievalSettings;
import io.github.awssecrets.retrieval.SecretsManagerClientConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration for an application whose properties refer to secrets. References are
 * resolved before any bean exists; this adds what goes with beans.
 */
@AutoConfiguration
@Import(SecretsManagerClientConfiguration.class)
public final class AwsSecretsAutoConfiguration {

	@Bean
	@Lazy
	RetrievalSettings secretsRetrievalSettings(SecretsProperties properties, ServiceConnections connections) {
		return connections.applyTo(properties.toRetrievalSettings());
	}

}
