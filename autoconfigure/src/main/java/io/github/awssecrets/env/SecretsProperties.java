package io.github.awssecrets.env;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.Assert;

/**
 * Settings of the retrieval of secrets. Read once at start, from trusted sources, so none
 * of them can be a reference itself.
 *
 * @param enabled Whether references are resolved. If not, reading one that has no default
 * fails.
 * @param region Region of the secrets. If not set, the one that the AWS SDK finds.
 * @param endpoint Endpoint of an emulator or a VPC endpoint. If not set, AWS's own.
 * @param profile Profile of the AWS configuration files to take credentials from. If not
 * set, they come from the default chain of the AWS SDK.
 * @param roleArn ARN of a role to assume for the retrieval. If not set, the credentials
 * are used as they are.
 * @param fipsEnabled Whether to call the FIPS endpoint.
 * @param dualstackEnabled Whether to call the dual-stack endpoint.
 * @param startupTimeout Time that retrieving all secrets at start may take.
 * @param failFast Whether the start fails if a reference cannot be resolved. If not, only
 * reading it does.
 * @param allowed Globs of the names and ARNs that may be referred to, in which an
 * asterisk stands for any text. If empty, all may.
 * @param untrustedSources Globs of the names of property sources whose references are
 * refused.
 * @param springPlaceholders Whether references can also be written as Spring's
 * placeholders, ${secret:name.key}. If so, no property can be called 'secret'.
 */
@ConfigurationProperties(SecretsProperties.PREFIX)
public record SecretsProperties(@DefaultValue("true") boolean enabled, @Nullable String region, @Nullable URI endpoint,
		@Nullable String profile, @Nullable String roleArn, @DefaultValue("false") boolean fipsEnabled,
		@DefaultValue("false") boolean dualstackEnabled, @DefaultValue("30s") Duration startupTimeout,
		@DefaultValue("true") boolean failFast, @DefaultValue List<String> allowed,
		@DefaultValue List<String> untrustedSources, @DefaultValue("false") boolean springPlaceholders) {

	/**
	 * Prefix of the settings.
	 */
	public static final String PREFIX = "aws.secrets";

	/**
	 * Create settings.
	 * @throws InvalidConfigurationPropertyValueException if one of them can never work
	 */
	public SecretsProperties {
		allowed = List.copyOf(allowed);
		untrustedSources = List.copyOf(untrustedSources);
		RetrievalSettings defaults = RetrievalSettings.defaults();
		check("startup-timeout", startupTimeout,
				() -> Assert.isTrue(startupTimeout.toMillis() > 0, "It must be longer than zero"));
		check("region", region, () -> defaults.at(region, null));
		check("endpoint", endpoint, () -> defaults.at(null, endpoint));
		check("profile", profile, () -> defaults.as(profile, null));
		check("role-arn", roleArn, () -> defaults.as(null, roleArn));
		check("endpoint", endpoint,
				() -> retrievalSettings(region, endpoint, profile, roleArn, fipsEnabled, dualstackEnabled));
	}

	private static void check(String name, @Nullable Object value, Runnable check) {
		try {
			check.run();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "." + name, value, ex.getMessage());
		}
	}

	private static RetrievalSettings retrievalSettings(@Nullable String region, @Nullable URI endpoint,
			@Nullable String profile, @Nullable String roleArn, boolean fipsEnabled, boolean dualstackEnabled) {
		return new RetrievalSettings(region, endpoint, profile, roleArn, fipsEnabled, dualstackEnabled,
				RetrievalSettings.DEFAULT_CONNECT_TIMEOUT, RetrievalSettings.DEFAULT_CALL_TIMEOUT);
	}

	/**
	 * Return the spellings of references that are heeded.
	 * @return the syntax of references
	 */
	ReferenceSyntax syntax() {
		return ReferenceSyntax.of(this.springPlaceholders);
	}

	/**
	 * Return the settings of the retrieval in these.
	 * @return the settings
	 */
	public RetrievalSettings toRetrievalSettings() {
		return retrievalSettings(this.region, this.endpoint, this.profile, this.roleArn, this.fipsEnabled,
				this.dualstackEnabled);
	}

}
