package io.github.awssecrets.retrieval;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * Customizes the builder of each client that calls AWS Secrets Manager, after everything
 * else has been set. May replace anything, the HTTP client included. Implementations must
 * be safe for use by many threads.
 * <p>
 * The clients that retrieve references repeat failed calls by rules of their own, and so
 * have the SDK's retries switched off; a customizer that sets a retry strategy multiplies
 * the two.
 */
@FunctionalInterface
public interface SecretsManagerClientCustomizer {

	/**
	 * Customize a builder.
	 * @param builder the builder of a client for one Region
	 */
	void customize(SecretsManagerClientBuilder builder);

}
