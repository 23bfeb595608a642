package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.connection.ServiceConnections;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.SecretRetrieval;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;

/**
 * Creates the retrieval of an application's secrets.
 */
@FunctionalInterface
interface Retrievals {

	/**
	 * Create the retrieval.
	 * @param settings the settings of the application
	 * @param customizers what is applied to the builder of each client, in this order
	 * @param connections where secrets come from, if the settings do not say it
	 * @param listener is told of each call
	 * @return a new retrieval, to be closed by the caller
	 */
	SecretRetrieval create(SecretsProperties settings, List<SecretsManagerClientCustomizer> customizers,
			ServiceConnections connections, RetrievalListener listener);

	/**
	 * Return whether connections have a say in where secrets come from, so that they have
	 * to be waited for.
	 * @return whether they are heeded
	 */
	default boolean connects() {
		return false;
	}

}
