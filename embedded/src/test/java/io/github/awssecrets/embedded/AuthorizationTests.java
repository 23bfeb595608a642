package io.github.awssecrets.embedded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Authorization} and {@link AccessKeys}.
 */
class AuthorizationTests {

	@Test
	void ofReadsAccessKeyAndRegion() {
		Authorization authorization = Authorization.of("AWS4-HMAC-SHA256 Credential=AKID/20261122/us-gov-west-1/"
				+ "secretsmanager/aws4_request, SignedHeaders=host, Signature=abc");
		assertThat(authorization).isEqualTo(new Authorization("AKID", "us-gov-west-1"));
	}

	@ParameterizedTest
	@NullAndEmptySource
	void ofWhenMissingThrows(String header) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> Authorization.of(header))
			.withMessage("MissingAuthenticationTokenException: Missing Authentication Token");
	}

	@ParameterizedTest
	@CsvSource({ "Basic abc, IncompleteSignatureException",
			"AWS4-HMAC-SHA256 Credential=AKID, IncompleteSignatureException",
			"AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/s3/aws4_request, InvalidSignatureException" })
	void ofWhenNotForThisServiceThrows(String header, String code) {
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> Authorization.of(header))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code));
	}

	@Test
	void checkWhenNotAllowedOrExpiredThrows() {
		AccessKeys keys = new AccessKeys();
		keys.check("any");
		keys.allowOnly("one", "two");
		keys.expire("two");
		keys.check("one");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> keys.check("any"))
			.withMessage("UnrecognizedClientException: The security token included in the request is invalid.");
		assertThatExceptionOfType(ApiException.class).isThrownBy(() -> keys.check("two"))
			.withMessage("ExpiredTokenException: The security token included in the request is expired");
		keys.allowAll();
		keys.check("any");
		keys.check("two");
		assertThat(keys).isNotNull();
	}

}
