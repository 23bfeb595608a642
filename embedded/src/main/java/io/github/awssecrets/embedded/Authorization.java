package io.github.awssecrets.embedded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a request's {@code Authorization} header says: who calls, and in which Region. The
 * signature is not verified.
 *
 * @param accessKey the access key id
 * @param region the Region of the credential scope
 */
record Authorization(String accessKey, String region) {

	private static final Pattern CREDENTIAL = Pattern
		.compile("^AWS4-HMAC-SHA256 .*?Credential=([^/,\\s]+)/\\d{8}/([a-z0-9-]+)/([^/,\\s]+)/aws4_request\\b");

	private static final String SERVICE = "secretsmanager";

	static Authorization of(@Nullable String header) {
		if (header == null || header.isBlank()) {
			throw ApiException.authentication("MissingAuthenticationTokenException", "Missing Authentication Token");
		}
		Matcher credential = CREDENTIAL.matcher(header);
		if (!credential.find()) {
			throw ApiException.authentication("IncompleteSignatureException",
					"Authorization header requires 'Credential' parameter with a scope of date, Region and service.");
		}
		if (!SERVICE.equals(credential.group(3))) {
			throw ApiException.authentication("InvalidSignatureException",
					"Credential should be scoped to correct service: '" + SERVICE + "'.");
		}
		return new Authorization(credential.group(1), credential.group(2));
	}

}
