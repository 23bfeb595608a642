package io.github.awssecrets.retrieval;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import org.springframework.util.ClassUtils;

/**
 * Where requests get their signature from: the SDK's default chain or a profile, and with
 * these, if configured, a role that is assumed.
 * <p>
 * An emulator on this machine gets what system properties or environment variables hold,
 * or else made-up credentials: it needs no configuration, and never sees those from a
 * developer's files or from the metadata of an instance.
 *
 * @param provider the provider, to be closed if it can be
 */
record Credentials(AwsCredentialsProvider provider) {

	private static final String STS_CLIENT = "software.amazon.awssdk.services.sts.StsClient";

	private static final String MADE_UP = "test";

	/**
	 * Create the credentials that the settings ask for.
	 * @param settings the settings
	 * @param region the Region to assume a role in if the settings name none
	 * @param httpClient what creates the HTTP client for that
	 * @throws CallFailedException if there can be none
	 */
	static Credentials create(RetrievalSettings settings, @Nullable String region, SdkHttpClient.Builder<?> httpClient)
			throws CallFailedException {
		String roleArn = settings.roleArn();
		if (roleArn == null) {
			return new Credentials(base(settings));
		}
		if (!ClassUtils.isPresent(STS_CLIENT, Credentials.class.getClassLoader())) {
			throw new CallFailedException(CallFailure.of(Cause.NO_CREDENTIALS,
					"a role can be assumed only with software.amazon.awssdk:sts on the class path"));
		}
		String stsRegion = (settings.region() != null) ? settings.region() : region;
		return new Credentials(new AssumedRole(roleArn, stsRegion, base(settings), httpClient));
	}

	private static AwsCredentialsProvider base(RetrievalSettings settings) throws CallFailedException {
		AccessKey accessKey = settings.accessKey();
		if (accessKey != null) {
			return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey.id(), accessKey.secret()));
		}
		String profile = settings.profile();
		if (profile != null) {
			if (ProfileFile.defaultProfileFile().profile(profile).isEmpty()) {
				throw new CallFailedException(CallFailure.of(Cause.NO_PROFILE,
						"there is no profile '%s' in the AWS configuration files".formatted(profile)));
			}
			return ProfileCredentialsProvider.create(profile);
		}
		if (settings.roleArn() == null && Loopback.isEndpoint(settings)) {
			return AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create(),
					EnvironmentVariableCredentialsProvider.create(),
					StaticCredentialsProvider.create(AwsBasicCredentials.create(MADE_UP, MADE_UP)));
		}
		return DefaultCredentialsProvider.builder().build();
	}

	void close() {
		if (this.provider instanceof SdkAutoCloseable closeable) {
			closeable.close();
		}
	}

}
