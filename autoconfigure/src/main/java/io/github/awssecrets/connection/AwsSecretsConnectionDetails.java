package io.github.awssecrets.connection;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where and as whom to call AWS Secrets Manager. It wins over {@code aws.secrets.region},
 * {@code profile}, {@code role-arn}, {@code fips-enabled} and {@code dualstack-enabled},
 * and over {@code aws.secrets.endpoint} if it is known when the context is initialized.
 */
public interface AwsSecretsConnectionDetails extends ConnectionDetails {

	/**
	 * Return the endpoint.
	 * @return the endpoint, {@code http} or {@code https}
	 */
	URI getEndpoint();

	/**
	 * Return the Region of secrets whose references name none.
	 * @return the Region, or {@code null} for the one that is configured
	 */
	default @Nullable String getRegion() {
		return null;
	}

	/**
	 * Return who calls.
	 * @return the id of the access key
	 */
	default String getAccessKey() {
		return "test";
	}

	/**
	 * Return what requests are signed with.
	 * @return the secret key
	 */
	default String getSecretKey() {
		return "test";
	}

}
