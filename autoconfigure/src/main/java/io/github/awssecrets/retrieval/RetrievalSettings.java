package io.github.awssecrets.retrieval;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where and how AWS Secrets Manager is called.
 *
 * @param region the application's own Region, or {@code null} for the one that the AWS
 * SDK finds
 * @param endpoint the endpoint to call in all Regions, {@code http} or {@code https}, or
 * {@code null} for that of AWS
 * @param profile the profile in the AWS configuration files to take credentials (and,
 * where it names one, the Region) from, or {@code null}
 * @param roleArn the ARN of the role to assume, or {@code null}
 * @param fipsEnabled whether to call FIPS endpoints
 * @param dualstackEnabled whether to call dual-stack endpoints
 * @param connectTimeout the longest that making a connection may take
 * @param callTimeout the longest that a single call may take, credentials and connection
 * included
 * @param accessKey the access key to sign with, or {@code null} for the one that the
 * profile, the role or the AWS SDK's default chain has
 */
public record RetrievalSettings(@Nullable String region, @Nullable URI endpoint, @Nullable String profile,
		@Nullable String roleArn, boolean fipsEnabled, boolean dualstackEnabled, Duration connectTimeout,
		Duration callTimeout, @Nullable AccessKey accessKey) {

	/** The default of {@link #connectTimeout()}. */
	public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

	/** The default of {@link #callTimeout()}. */
	public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(10);

	private static final Pattern ROLE_ARN = Pattern.compile("arn:aws(?:-[a-z]+)*:iam::\\d{12}:role/[\\w+=,.@/-]+");

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if they contradict each other, or one of them can
	 * never work
	 */
	public RetrievalSettings {
		if (endpoint != null) {
			require(endpoint.getHost() != null && ("http".equalsIgnoreCase(endpoint.getScheme())
					|| "https".equalsIgnoreCase(endpoint.getScheme())),
					"The endpoint must be an http or https URL with a host, such as https://localhost:4566");
			require(!fipsEnabled && !dualstackEnabled, "FIPS and dual-stack choose an endpoint of AWS: "
					+ "they cannot be combined with an endpoint of one's own");
		}
		require(region == null || !region.isBlank(), "The Region must not be blank");
		require(profile == null || !profile.isBlank(), "The profile must not be blank");
		require(roleArn == null || ROLE_ARN.matcher(roleArn).matches(),
				"The role must be the ARN of a role, such as arn:aws:iam::123456789012:role/orders");
		require(connectTimeout.compareTo(Duration.ZERO) > 0, "The connect timeout must be positive");
		require(callTimeout.compareTo(Duration.ZERO) > 0, "The call timeout must be positive");
	}

	/**
	 * Create settings without an access key.
	 * @param region the application's own Region, or {@code null}
	 * @param endpoint the endpoint, or {@code null}
	 * @param profile the profile, or {@code null}
	 * @param roleArn the ARN of the role to assume, or {@code null}
	 * @param fipsEnabled whether to call FIPS endpoints
	 * @param dualstackEnabled whether to call dual-stack endpoints
	 * @param connectTimeout the longest that making a connection may take
	 * @param callTimeout the longest that a single call may take
	 */
	public RetrievalSettings(@Nullable String region, @Nullable URI endpoint, @Nullable String profile,
			@Nullable String roleArn, boolean fipsEnabled, boolean dualstackEnabled, Duration connectTimeout,
			Duration callTimeout) {
		this(region, endpoint, profile, roleArn, fipsEnabled, dualstackEnabled, connectTimeout, callTimeout, null);
	}

	/**
	 * Return the settings that leave everything to the AWS SDK.
	 * @return the default settings
	 */
	public static RetrievalSettings defaults() {
		return new RetrievalSettings(null, null, null, null, false, false, DEFAULT_CONNECT_TIMEOUT,
				DEFAULT_CALL_TIMEOUT);
	}

	/**
	 * Return these settings for another Region and endpoint.
	 * @param region the application's own Region, or {@code null}
	 * @param endpoint the endpoint, or {@code null}
	 * @return the settings
	 */
	public RetrievalSettings at(@Nullable String region, @Nullable URI endpoint) {
		return new RetrievalSettings(region, endpoint, this.profile, this.roleArn, this.fipsEnabled,
				this.dualstackEnabled, this.connectTimeout, this.callTimeout, this.accessKey);
	}

	/**
	 * Return these settings with other sources of credentials.
	 * @param profile the profile, or {@code null}
	 * @param roleArn the ARN of the role to assume, or {@code null}
	 * @return the settings
	 */
	public RetrievalSettings as(@Nullable String profile, @Nullable String roleArn) {
		return new RetrievalSettings(this.region, this.endpoint, profile, roleArn, this.fipsEnabled,
				this.dualstackEnabled, this.connectTimeout, this.callTimeout, this.accessKey);
	}

	/**
	 * Return these settings for an emulator, with nothing that leads to AWS.
	 * @param endpoint the endpoint
	 * @param region the application's own Region, or {@code null}
	 * @param accessKey the access key to sign with
	 * @return the settings
	 */
	public RetrievalSettings to(URI endpoint, @Nullable String region, AccessKey accessKey) {
		return new RetrievalSettings(region, endpoint, null, null, false, false, this.connectTimeout, this.callTimeout,
				accessKey);
	}

	/**
	 * Return these settings with other time-outs.
	 * @param connectTimeout the longest that making a connection may take
	 * @param callTimeout the longest that a single call may take
	 * @return the settings
	 */
	public RetrievalSettings within(Duration connectTimeout, Duration callTimeout) {
		return new RetrievalSettings(this.region, this.endpoint, this.profile, this.roleArn, this.fipsEnabled,
				this.dualstackEnabled, connectTimeout, callTimeout, this.accessKey);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
