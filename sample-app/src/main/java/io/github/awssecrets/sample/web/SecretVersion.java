package io.github.awssecrets.sample.web;

import java.util.List;
import java.util.stream.Stream;

/**
 * A version of a secret, and the properties whose values come from it.
 *
 * @param secretId the name or ARN of the secret
 * @param versionId the version that is in use
 * @param properties the names of the properties
 */
record SecretVersion(String secretId, String versionId, List<String> properties) {

	SecretVersion {
		properties = List.copyOf(properties);
	}

	SecretVersion and(SecretVersion more) {
		return new SecretVersion(this.secretId, this.versionId,
				Stream.concat(this.properties.stream(), more.properties.stream()).toList());
	}

}
