package io.github.awssecrets.embedded;

import java.time.Duration;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The AWS SDK's own clients, aimed at an embedded server.
 */
final class SdkClients {

	static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";

	private SdkClients() {
	}

	static SecretsManagerClient of(SecretsServer server) {
		return inRegion(server, "eu-west-1");
	}

	static SecretsManagerClient inRegion(SecretsServer server, String region) {
		return create(server, region, Duration.ofSeconds(30));
	}

	static SecretsManagerClient impatient(SecretsServer server, Duration timeout) {
		return create(server, "eu-west-1", timeout);
	}

	static SecretsManagerClient retrying(SecretsServer server) {
		return SecretsManagerClient.builder()
			.endpointOverride(server.endpoint())
			.region(Region.EU_WEST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "any")))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(RetryMode.STANDARD))
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.build();
	}

	private static SecretsManagerClient create(SecretsServer server, String region, Duration timeout) {
		return SecretsManagerClient.builder()
			.endpointOverride(server.endpoint())
			.region(Region.of(region))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "any")))
			.overrideConfiguration((configuration) -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(timeout))
			.build();
	}

}
