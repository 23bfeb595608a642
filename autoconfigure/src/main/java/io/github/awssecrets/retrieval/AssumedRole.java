package io.github.awssecrets.retrieval;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a role, assumed with other credentials and renewed before they
 * expire. The only class that links to the SDK's STS module, which is optional.
 */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

	private static final String SESSION_NAME = "aws-secrets-spring-boot";

	private final AwsCredentialsProvider base;

	private final StsClient client;

	private final StsAssumeRoleCredentialsProvider delegate;

	AssumedRole(String roleArn, @Nullable String region, AwsCredentialsProvider base,
			SdkHttpClient.Builder<?> httpClient) {
		StsClientBuilder builder = StsClient.builder().credentialsProvider(base).httpClientBuilder(httpClient);
		if (region != null) {
			builder.region(Region.of(region));
		}
		this.base = base;
		this.client = builder.build();
		this.delegate = StsAssumeRoleCredentialsProvider.builder()
			.stsClient(this.client)
			.refreshRequest((request) -> request.roleArn(roleArn).roleSessionName(SESSION_NAME))
			.build();
	}

	@Override
	public AwsCredentials resolveCredentials() {
		return this.delegate.resolveCredentials();
	}

	@Override
	public void close() {
		this.delegate.close();
		this.client.close();
		if (this.base instanceof SdkAutoCloseable closeable) {
			closeable.close();
		}
	}

}
