package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.WireTransport.WireAnswer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureTranslation}.
 */
class FailureTranslationTests {

	private static final String VALUE = Canary.value("prod/db", 1);

	static Stream<Arguments> transport() {
		return Stream.of(Arguments.of(new UnknownHostException(VALUE), Cause.UNREACHABLE),
				Arguments.of(new ConnectException(VALUE), Cause.UNREACHABLE),
				Arguments.of(new NoRouteToHostException(VALUE), Cause.UNREACHABLE),
				Arguments.of(new SSLHandshakeException(VALUE), Cause.UNREACHABLE),
				Arguments.of(new SocketTimeoutException("Connect timed out"), Cause.UNREACHABLE),
				Arguments.of(new SocketTimeoutException("connect timed out"), Cause.UNREACHABLE),
				Arguments.of(new SocketTimeoutException("Read timed out"), Cause.TIMED_OUT),
				Arguments.of(new SocketException("Connection reset " + VALUE), Cause.CONNECTION_LOST),
				Arguments.of(new IOException("Premature EOF"), Cause.MALFORMED_ANSWER));
	}

	@ParameterizedTest(name = "{index} {1}")
	@MethodSource("transport")
	void failureWhenTransportFailsHasItsCauseAndNoText(IOException exception, Cause cause) {
		for (RuntimeException wrapped : new RuntimeException[] { SdkClientException.create(VALUE, exception),
				new UncheckedIOException(exception),
				SdkClientException.create(VALUE, new IllegalStateException(VALUE, exception)) }) {
			CallFailure failure = FailureTranslation.failure(wrapped, SingleCall.ACTION);
			assertThat(failure.cause()).isEqualTo(cause);
			assertThat(failure.action()).isEqualTo(SingleCall.ACTION);
			assertThat(failure.toString()).doesNotContain(Canary.MARKER);
		}
	}

	static Stream<Arguments> client() {
		return Stream.of(Arguments.of(ApiCallTimeoutException.create(1), Cause.TIMED_OUT),
				Arguments.of(ApiCallAttemptTimeoutException.create(1), Cause.TIMED_OUT),
				Arguments.of(AbortedException.create(VALUE), Cause.TIMED_OUT),
				Arguments.of(sdk("Unable to unmarshall response (" + VALUE + ")"), Cause.MALFORMED_ANSWER),
				Arguments.of(sdk("Unable to load credentials from any of the providers in the chain " + VALUE),
						Cause.NO_CREDENTIALS),
				Arguments.of(sdk("Profile file contained no credentials for profile 'x'"), Cause.NO_CREDENTIALS),
				Arguments.of(sdk("The SSO session associated with this profile has expired or is otherwise invalid."),
						Cause.EXPIRED_CREDENTIALS),
				Arguments.of(sdk(VALUE), Cause.CLIENT_FAILED),
				Arguments.of(new IllegalStateException(VALUE), Cause.CLIENT_FAILED),
				Arguments.of(new NullPointerException(), Cause.CLIENT_FAILED));
	}

	private static SdkClientException sdk(String message) {
		return SdkClientException.create(message);
	}

	@ParameterizedTest(name = "{index} {1}")
	@MethodSource("client")
	void failureWhenClientFailsHasItsCauseAndNoText(RuntimeException exception, Cause cause) {
		CallFailure failure = FailureTranslation.failure(exception, SingleCall.ACTION);
		assertThat(failure.cause()).isEqualTo(cause);
		assertThat(failure.toString()).doesNotContain(Canary.MARKER);
	}

	@Test
	void failureWhenModuleIsMissingNamesIt() {
		CallFailure failure = FailureTranslation.failure(sdk(
				"To use Sso related properties in the 'x' profile, the 'sso' service module must be on the class path."),
				SingleCall.ACTION);
		assertThat(failure.cause()).isEqualTo(Cause.NO_CREDENTIALS);
		assertThat(failure.detail()).isEqualTo("software.amazon.awssdk:sso is not on the class path");
	}

	@ParameterizedTest
	@CsvSource({ "500,,SERVER_ERROR", "503,,SERVER_ERROR", "503,ThrottlingException,THROTTLED", "429,,THROTTLED",
			"404,,MALFORMED_ANSWER", "400,ResourceNotFoundException,NOT_FOUND", "400,RequestTimeTooSkewed,CLOCK_SKEW",
			"500,Strange,SERVER_ERROR" })
	void failureWhenServiceAnswersHasStatusAndRequestId(int status, String code, Cause cause) {
		AwsServiceException exception = SecretsManagerException.builder()
			.statusCode(status)
			.requestId("5d6f1c1e-0000")
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(VALUE).build())
			.build();
		CallFailure failure = FailureTranslation.failure(exception, SingleCall.ACTION);
		assertThat(failure.cause()).isEqualTo(cause);
		assertThat(failure.httpStatus()).isEqualTo(status);
		assertThat(failure.requestId()).isEqualTo("5d6f1c1e-0000");
		assertThat(failure.toString()).doesNotContain(Canary.MARKER);
	}

	/* The SDK cannot read such an answer, and says so as if the client were to blame */
	@ParameterizedTest
	@CsvSource({ "503, SERVER_ERROR", "420, MALFORMED_ANSWER" })
	void failureWhenErrorHasBodyOfWhiteSpaceHasItsStatus(int status, Cause cause) {
		SecretSelector selector = SecretSelector.current(new SecretId("prod/db"));
		WireAnswer answer = WireAnswer.json(status, "\n", Duration.ofMillis(1));
		RetrievalReport report = new VirtualRetrieval((call) -> answer, new VirtualTime(), new Random(0))
			.retrieve(List.of(selector), Duration.ofSeconds(10));
		assertThat(report.failures()).singleElement().satisfies((failure) -> {
			assertThat(failure.cause()).isEqualTo(cause);
			assertThat(failure.httpStatus()).isEqualTo(status);
			assertThat(failure.attempts()).isEqualTo(3);
		});
	}

	@Test
	void failureWhenRoleCannotBeAssumedNamesThatAction() {
		AwsServiceException exception = SecretsManagerException.builder()
			.statusCode(403)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDenied").serviceName("Sts").build())
			.build();
		assertThat(FailureTranslation.failure(exception, SingleCall.ACTION).action()).isEqualTo("sts:AssumeRole");
	}

}
