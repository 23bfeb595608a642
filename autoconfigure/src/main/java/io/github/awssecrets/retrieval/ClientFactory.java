package io.github.awssecrets.retrieval;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * Creates clients of the SDK from the settings, all with the same credentials.
 * Customizers come last; what clients that retrieve references need, and no customizer
 * has set, is added after them, since setting any override configuration replaces all of
 * it.
 */
final class ClientFactory implements AutoCloseable {

	private final RetrievalSettings settings;

	private final List<SecretsManagerClientCustomizer> customizers;

	private final @Nullable ScheduledExecutorService timer;

	private @Nullable Credentials credentials;

	private ClientFactory(RetrievalSettings settings, List<SecretsManagerClientCustomizer> customizers,
			@Nullable ScheduledExecutorService timer) {
		this.settings = settings;
		this.customizers = customizers;
		this.timer = timer;
	}

	/**
	 * Return a factory of clients that retrieve references: without retries, because
	 * {@link Attempts} repeats calls, and with the given timer, where the SDK would start
	 * five threads for each client.
	 * @param timer what aborts calls that take too long
	 * @param settings the settings
	 * @param customizers what is applied to each builder, in this order
	 * @return a factory of clients that retrieve references
	 */
	static ClientFactory forRetrieval(RetrievalSettings settings, List<SecretsManagerClientCustomizer> customizers,
			ScheduledExecutorService timer) {
		return new ClientFactory(settings, customizers, timer);
	}

	/**
	 * Return a factory of clients for the application's own code, with the SDK's retries.
	 * @param settings the settings
	 * @param customizers what is applied to each builder, in this order
	 * @return a factory of clients for the application's own code, with the SDK's retries
	 */
	static ClientFactory forApplication(RetrievalSettings settings, List<SecretsManagerClientCustomizer> customizers) {
		return new ClientFactory(settings, customizers, null);
	}

	/**
	 * Create a client.
	 * @param region the Region, or {@code null} for the one that the SDK finds
	 * @return a new client
	 * @throws CallFailedException if there can be no credentials
	 */
	synchronized SecretsManagerClient create(@Nullable String region) throws CallFailedException {
		SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
		if (region != null) {
			builder.region(Region.of(region));
		}
		configure(builder, region);
		this.customizers.forEach((customizer) -> customizer.customize(builder));
		if (this.timer != null) {
			builder.overrideConfiguration(forRetrieval(builder.overrideConfiguration(), this.timer));
		}
		return build(builder);
	}

	private void configure(SecretsManagerClientBuilder builder, @Nullable String region) throws CallFailedException {
		ClosingHttpClient.Builder httpClient = new ClosingHttpClient.Builder(this.settings.connectTimeout(),
				this.settings.callTimeout());
		if (this.credentials == null) {
			this.credentials = Credentials.create(this.settings, region, httpClient);
		}
		builder.httpClientBuilder(httpClient);
		builder.credentialsProvider(this.credentials.provider());
		if (this.settings.endpoint() != null) {
			builder.endpointOverride(this.settings.endpoint());
		}
		if (this.settings.profile() != null) {
			String profile = this.settings.profile();
			builder.overrideConfiguration((configuration) -> configuration.defaultProfileName(profile));
		}
		if (this.settings.fipsEnabled()) {
			builder.fipsEnabled(true);
		}
		if (this.settings.dualstackEnabled()) {
			builder.dualstackEnabled(true);
		}
	}

	private static ClientOverrideConfiguration forRetrieval(ClientOverrideConfiguration configuration,
			ScheduledExecutorService timer) {
		ClientOverrideConfiguration.Builder builder = configuration.toBuilder();
		if (configuration.scheduledExecutorService().isEmpty()) {
			builder.scheduledExecutorService(timer);
		}
		if (configuration.retryStrategy().isEmpty() && configuration.retryMode().isEmpty()
				&& configuration.retryStrategyConfigurator().isEmpty()) {
			builder.retryStrategy(AwsRetryStrategy.doNotRetry());
		}
		return builder.build();
	}

	/**
	 * Build the client. The builder refuses to have an HTTP client and a builder of one:
	 * if a customizer has set a client, the builder of ours goes.
	 * @param builder the builder
	 * @return a new client
	 */
	private static SecretsManagerClient build(SecretsManagerClientBuilder builder) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			builder.httpClientBuilder(null);
			return builder.build();
		}
	}

	@Override
	public synchronized void close() {
		if (this.credentials != null) {
			this.credentials.close();
		}
	}

}
