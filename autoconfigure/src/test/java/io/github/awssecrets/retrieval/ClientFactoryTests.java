package io.github.awssecrets.retrieval;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ClientFactory} and {@link Credentials}.
 */
class ClientFactoryTests {

	private static final RetrievalSettings SETTINGS = RetrievalSettings.defaults()
		.at("eu-west-1", URI.create("http://localhost:1"));

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	@AfterEach
	void shutDown() {
		this.timer.shutdownNow();
		System.clearProperty("aws.accessKeyId");
		System.clearProperty("aws.secretAccessKey");
	}

	private SecretsManagerClient create(SecretsManagerClientCustomizer... customizers) throws CallFailedException {
		return ClientFactory.forRetrieval(SETTINGS, List.of(customizers), this.timer).create("eu-west-1");
	}

	private static ClientOverrideConfiguration configuration(SecretsManagerClient client) {
		return client.serviceClientConfiguration().overrideConfiguration();
	}

	@Test
	void createForRetrievalHasNoRetries() throws CallFailedException {
		try (SecretsManagerClient client = create()) {
			assertThat(configuration(client).retryStrategy().orElseThrow().maxAttempts()).isOne();
		}
	}

	@Test
	void createForApplicationHasTheRetriesOfTheSdk() throws CallFailedException {
		try (SecretsManagerClient client = ClientFactory.forApplication(SETTINGS, List.of()).create("eu-west-1")) {
			assertThat(configuration(client).retryStrategy().orElseThrow().maxAttempts()).isGreaterThan(1);
		}
	}

	@Test
	void createWhenCustomizerReplacesTheConfigurationAddsWhatItLeftOpen() throws CallFailedException {
		try (SecretsManagerClient client = create(
				(builder) -> builder.overrideConfiguration((config) -> config.apiCallTimeout(Duration.ofSeconds(7))))) {
			assertThat(configuration(client).apiCallTimeout()).contains(Duration.ofSeconds(7));
			assertThat(configuration(client).retryStrategy().orElseThrow().maxAttempts()).isOne();
		}
	}

	@Test
	void createWhenCustomizerSetsRetriesKeepsThem() throws CallFailedException {
		try (SecretsManagerClient client = create(
				(builder) -> builder.overrideConfiguration((config) -> config.retryStrategy(RetryMode.STANDARD)))) {
			assertThat(configuration(client).retryStrategy().orElseThrow().maxAttempts()).isGreaterThan(1);
		}
	}

	@Test
	void createWhenCustomizerSetsAnHttpClientUsesIt() throws CallFailedException {
		CountingHttpClient http = new CountingHttpClient();
		try (SecretsManagerClient client = create((builder) -> builder.httpClient(http))) {
			assertThatThrownBy(() -> client.getSecretValue((request) -> request.secretId("a")))
				.hasMessageContaining("counted");
		}
		assertThat(http.requests).hasValue(1);
	}

	@Test
	void createWhenCustomizerSetsAnHttpClientBuilderUsesIt() throws CallFailedException {
		CountingHttpClient http = new CountingHttpClient();
		try (SecretsManagerClient client = create((builder) -> builder.httpClientBuilder((defaults) -> http))) {
			assertThatThrownBy(() -> client.getSecretValue((request) -> request.secretId("a")))
				.hasMessageContaining("counted");
		}
		assertThat(http.requests).hasValue(1);
	}

	@Test
	void createCustomizesLastAndInOrder() throws CallFailedException {
		try (SecretsManagerClient client = create(
				(builder) -> builder.endpointOverride(URI.create("http://localhost:2")),
				(builder) -> builder.endpointOverride(URI.create("http://localhost:3")))) {
			assertThat(client.serviceClientConfiguration().endpointOverride())
				.contains(URI.create("http://localhost:3"));
		}
	}

	@Test
	void credentialsWhenEmulatorAndNothingConfiguredAreMadeUp() throws CallFailedException {
		Credentials credentials = credentials(SETTINGS);
		assertThat(credentials.provider().resolveCredentials()).isEqualTo(AwsBasicCredentials.create("test", "test"));
	}

	@Test
	void credentialsWhenEmulatorAndSystemPropertiesAreThose() throws CallFailedException {
		System.setProperty("aws.accessKeyId", "AKIAMINE");
		System.setProperty("aws.secretAccessKey", "mine");
		Credentials credentials = credentials(SETTINGS);
		assertThat(credentials.provider().resolveCredentials().accessKeyId()).isEqualTo("AKIAMINE");
	}

	@Test
	void credentialsWhenEndpointIsElsewhereAreNeverMadeUp() throws CallFailedException {
		Credentials credentials = credentials(SETTINGS.at("eu-west-1", URI.create("https://vpce-1.example.com")));
		assertThat(credentials.provider().toString()).contains("DefaultCredentialsProvider");
	}

	@Test
	void credentialsWhenProfileDoesNotExistFail() {
		assertThatExceptionOfType(CallFailedException.class)
			.isThrownBy(() -> credentials(SETTINGS.as("no-such-profile", null)))
			.satisfies((ex) -> assertThat(ex.failure()).isEqualTo(CallFailure.of(Cause.NO_PROFILE,
					"there is no profile 'no-such-profile' in the AWS configuration files")));
	}

	private static Credentials credentials(RetrievalSettings settings) throws CallFailedException {
		return Credentials.create(settings, "eu-west-1",
				new ClosingHttpClient.Builder(Duration.ofSeconds(1), Duration.ofSeconds(1)));
	}

	private static final class CountingHttpClient implements SdkHttpClient {

		private final AtomicInteger requests = new AtomicInteger();

		@Override
		public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
			this.requests.incrementAndGet();
			throw new IllegalStateException("counted");
		}

		@Override
		public void close() {
		}

	}

}
