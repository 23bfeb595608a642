package io.github.awssecrets.env;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.awssecrets.reference.ReferenceSyntax;
import io.github.awssecrets.reference.ReferenceSyntaxException;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.RetrievalSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.core.io.Resource;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

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
 * @param shownKeys Keys of database secrets whose values the endpoints of the actuator
 * may show.
 * @param local Location of a YAML file to take secrets from instead of AWS, for tests and
 * development. If not set, secrets come from AWS.
 * @param printPolicy Whether the application does not start, but prints the IAM policy
 * that it needs for its secrets.
 * @param watch How rotations are noticed.
 * @param refresh How rotations are applied.
 * @param jdbc How database connections follow rotations.
 */
@ConfigurationProperties(SecretsProperties.PREFIX)
public record SecretsProperties(@DefaultValue("true") boolean enabled, @Nullable String region, @Nullable URI endpoint,
		@Nullable String profile, @Nullable String roleArn, @DefaultValue("false") boolean fipsEnabled,
		@DefaultValue("false") boolean dualstackEnabled, @DefaultValue("30s") Duration startupTimeout,
		@DefaultValue("true") boolean failFast, @DefaultValue List<String> allowed,
		@DefaultValue List<String> untrustedSources, @DefaultValue("false") boolean springPlaceholders,
		// @formatter:off
		@DefaultValue({ "username", "engine", "host", "port", "dbname" }) List<String> shownKeys,
		@Nullable Resource local, @DefaultValue("false") boolean printPolicy, @DefaultValue Watch watch,
		@DefaultValue Refresh refresh, @DefaultValue Jdbc jdbc) {
	// @formatter:on

	/**
	 * Prefix of the settings.
	 */
	public static final String PREFIX = "aws.secrets";

	/**
	 * Create settings. An empty profile or role is none, so that a test can take back
	 * what the application sets.
	 * @throws InvalidConfigurationPropertyValueException if one of them can never work
	 * @throws MutuallyExclusiveConfigurationPropertiesException if secrets are to come
	 * both from a file and from AWS
	 */
	public SecretsProperties {
		profile = StringUtils.hasLength(profile) ? profile : null;
		roleArn = StringUtils.hasLength(roleArn) ? roleArn : null;
		allowed = List.copyOf(allowed);
		untrustedSources = List.copyOf(untrustedSources);
		shownKeys = List.copyOf(shownKeys);
		RetrievalSettings defaults = RetrievalSettings.defaults();
		check("startup-timeout", startupTimeout,
				(value) -> Assert.isTrue(value.toMillis() > 0, "It must be longer than zero"));
		check("region", region, (value) -> defaults.at(value, null));
		check("endpoint", endpoint, (value) -> defaults.at(null, value));
		check("profile", profile, (value) -> defaults.as(value, null));
		check("role-arn", roleArn, (value) -> defaults.as(null, value));
		check("endpoint", endpoint,
				(value) -> retrievalSettings(null, value, null, null, fipsEnabled, dualstackEnabled));
		requireOneOf(local, "endpoint", endpoint);
		requireOneOf(local, "profile", profile);
		requireOneOf(local, "role-arn", roleArn);
	}

	private static void requireOneOf(@Nullable Resource local, String name, @Nullable Object value) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(PREFIX + ".local", local);
			entries.put(PREFIX + "." + name, value);
		});
	}

	private static <T> void check(String name, @Nullable T value, Consumer<T> check) {
		try {
			if (value != null) {
				check.accept(value);
			}
		}
		catch (IllegalArgumentException | ReferenceSyntaxException ex) {
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

	/**
	 * How rotations are noticed.
	 *
	 * @param enabled Whether secrets are retrieved again and again, so that rotations are
	 * noticed. If not, only a refresh retrieves them again.
	 * @param interval Longest time between two polls.
	 * @param jitter Part of the interval by which the time between two polls may be
	 * shorter, from 0 to 1.
	 */
	public record Watch(@DefaultValue("true") boolean enabled, @DefaultValue("60s") Duration interval,
			@DefaultValue("0.2") double jitter) {

		private static final Duration SHORTEST = Duration.ofSeconds(1);

		private static final Duration LONGEST = Duration.ofDays(365);

		/**
		 * Create settings.
		 * @throws InvalidConfigurationPropertyValueException if one of them can never
		 * work
		 */
		public Watch {
			check("watch.interval", interval,
					(value) -> Assert.isTrue(value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0,
							"It must be between 1 s and 365 days"));
			check("watch.jitter", jitter,
					(value) -> Assert.isTrue(value >= 0 && value <= 1, "It must be between 0 and 1"));
		}

	}

	/**
	 * How rotations are applied.
	 *
	 * @param strategy Way in which beans of configuration properties get new values.
	 */
	public record Refresh(@DefaultValue("publish") Strategy strategy) {

		/**
		 * A way in which beans of configuration properties get new values.
		 */
		public enum Strategy {

			/** Values are bound and validated first, and only those set that differ. */
			PUBLISH,

			/** Spring Cloud's way: beans are reset, and then bound. */
			SPRING

		}

	}

	/**
	 * How database connections follow rotations.
	 *
	 * @param secret Name or ARN of the secret that says where the database is and how to
	 * log in, as the secrets of RDS do. If not set, the properties of the DataSource say
	 * it.
	 * @param dataSources Names or ARNs of secrets with username and password, by the name
	 * of the DataSource bean that logs in with them. If not set, the secrets are those of
	 * the properties that the beans are made from.
	 * @param pending Whether the version that a rotation prepares (AWSPENDING) is tried
	 * where the database refuses the current one.
	 */
	public record Jdbc(@Nullable String secret, @Nullable Map<String, String> dataSources,
			@DefaultValue("true") boolean pending) {

		/**
		 * Create settings.
		 * @throws InvalidConfigurationPropertyValueException if one of them can never
		 * work
		 */
		public Jdbc {
			secret = StringUtils.hasLength(secret) ? secret : null;
			dataSources = (dataSources != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(dataSources))
					: Map.of();
			check("jdbc.secret", secret, SecretId::new);
			dataSources.forEach((bean, id) -> check("jdbc.data-sources." + bean, id, SecretId::new));
		}

		@Override
		public Map<String, String> dataSources() {
			return Objects.requireNonNull(this.dataSources);
		}

	}

}
