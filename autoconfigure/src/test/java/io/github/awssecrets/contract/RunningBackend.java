package io.github.awssecrets.contract;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * A backend that answers.
 */
interface RunningBackend extends AutoCloseable {

	/** The Region of the cases. */
	String REGION = "eu-west-1";

	/**
	 * Return where the backend listens.
	 * @return the endpoint for the AWS SDK
	 */
	URI endpoint();

	/**
	 * Return which one it is.
	 * @return the version, empty if there is only one
	 */
	default String version() {
		return "";
	}

	/**
	 * Return what the {@link Deviations} of the backend were taken from, if they were not
	 * seen with this very version. Then they bind nobody.
	 * @return the basis, as it ends "differs from ...", or {@code null} if they were seen
	 */
	default @Nullable String unseenBasis() {
		return null;
	}

	/**
	 * Return who calls.
	 * @return the access key
	 */
	default String accessKey() {
		return "test";
	}

	/**
	 * Return what the caller signs with.
	 * @return the secret key
	 */
	default String secretKey() {
		return "test";
	}

	/**
	 * Let a client sign its requests as this backend wants it.
	 * @param builder the builder of the client
	 */
	default void sign(SecretsManagerClientBuilder builder) {
		builder.credentialsProvider(
				StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(), secretKey())));
	}

	/**
	 * Return a client that calls once, without retries.
	 * @param region the Region
	 * @return the client, to be closed
	 */
	default SecretsManagerClient client(String region) {
		SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
		sign(builder);
		return builder.endpointOverride(endpoint())
			.region(Region.of(region))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.build();
	}

	/**
	 * Stop the backend. It leaves no process and no container.
	 */
	@Override
	void close();

}
