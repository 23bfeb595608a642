package io.github.awssecrets.retrieval;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.reference.SecretSelector;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * Retrieves versions of secrets, all that are asked for in one go. Safe for use by many
 * threads. Creates no client, thread or connection before the first
 * {@link #retrieve(Collection, Duration) retrieval} that asks for anything.
 */
public interface SecretRetrieval extends AutoCloseable {

	/**
	 * Retrieve versions of secrets. Current versions are asked for in batches of 20 per
	 * Region, other stages and version ids one by one, all in parallel. Two selectors
	 * that turn out to mean the same version of the same secret (its name and its ARN,
	 * say) get the same {@link SecretVersion}.
	 * <p>
	 * What AWS or the network does wrong is an outcome, never an exception. If the
	 * calling thread is interrupted, what is open at that moment is
	 * {@link RetrievalFailure.Cause#CANCELLED cancelled}, and the thread's interrupt flag
	 * is set.
	 * @param selectors what to retrieve; duplicates count once
	 * @param timeout the longest this method may take; what has no answer then is
	 * {@link RetrievalFailure.Cause#TIMED_OUT timed out}
	 * @return exactly one outcome for each distinct selector
	 * @throws IllegalArgumentException if the timeout is not positive
	 * @throws IllegalStateException if this retrieval is closed
	 */
	RetrievalReport retrieve(Collection<SecretSelector> selectors, Duration timeout);

	/**
	 * Find out which KMS keys secrets are encrypted with, as far as AWS tells. Asks for
	 * one secret after the other, without retrieving a value.
	 * @param selectors the secrets
	 * @param timeout the longest this method may take
	 * @return the ids or ARNs of keys or aliases, by the secrets; those of AWS are left
	 * out, as are those that cannot be found out
	 */
	default Map<SecretSelector, String> kmsKeys(Collection<SecretSelector> selectors, Duration timeout) {
		return Map.of();
	}

	/**
	 * Abort what is under way, close connections and end the threads. Closing again does
	 * nothing.
	 */
	@Override
	void close();

	/**
	 * Return a retrieval from AWS Secrets Manager, or from the endpoint in the settings.
	 * @param settings where and how to call
	 * @param customizers what is applied to the builder of each client, in this order
	 * @return a new retrieval, to be closed by the caller
	 */
	static SecretRetrieval aws(RetrievalSettings settings, List<? extends SecretsManagerClientCustomizer> customizers) {
		return aws(settings, customizers, new RetrievalListener() {
		});
	}

	/**
	 * Do the same, and tell a listener of each call.
	 * @param settings where and how to call
	 * @param customizers what is applied to the builder of each client, in this order
	 * @param listener is told of each call
	 * @return a new retrieval, to be closed by the caller
	 */
	static SecretRetrieval aws(RetrievalSettings settings, List<? extends SecretsManagerClientCustomizer> customizers,
			RetrievalListener listener) {
		return AwsSecretRetrieval.create(settings, List.copyOf(customizers), listener);
	}

	/**
	 * Find the application's own Region, asking nobody for it: in the settings, system
	 * properties, environment variables and files.
	 * @param settings where and how AWS Secrets Manager would be called
	 * @return the Region, or {@code null} if it is not there
	 */
	static @Nullable String configuredRegion(RetrievalSettings settings) {
		return (settings.region() != null) ? settings.region() : RegionProviders.configured(settings.profile());
	}

	/**
	 * Return a retrieval of secrets in a YAML file, without AWS. The file is read at each
	 * retrieval.
	 * @param file the file
	 * @return a new retrieval, to be closed by the caller
	 */
	static SecretRetrieval local(Resource file) {
		return new LocalSecretRetrieval(file, Clock.systemUTC());
	}

}
