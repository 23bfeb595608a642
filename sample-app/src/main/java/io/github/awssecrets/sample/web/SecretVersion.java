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

	/**
	 * Return the place of a text about this secret. A version changes, the properties
	 * that come from it do not.
	 * @param what what the text is about
	 * @return the place, as in {@link LiveTexts}
	 */
	String place(String what) {
		return what + "." + this.properties.get(0);
	}

	SecretVersion and(SecretVersion more) {
		return new SecretVersion(this.secretId, this.versionId,
				Stream.concat(this.properties.stream(), more.properties.stream()).toList());
	}

}
