package io.github.awssecrets.retrieval;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceErrors}.
 */
class ServiceErrorsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ResourceNotFoundException   | Secrets Manager can't find the specified secret.                 | NOT_FOUND
					ResourceNotFoundException   | can't find the specified secret value for staging label: X       | VERSION_NOT_FOUND
					ResourceNotFoundException   | can't find the specified secret value for VersionId: 1           | VERSION_NOT_FOUND
					AccessDeniedException       | User: x is not authorized                                        | ACCESS_DENIED
					AccessDeniedException       | Access to KMS is not allowed                                     | KMS_ACCESS_DENIED
					DecryptionFailure           | can't decrypt the protected secret text                          | DECRYPTION_FAILED
					DecryptionFailureException  | can't decrypt the protected secret text                          | DECRYPTION_FAILED
					InvalidRequestException     | You can't perform this operation because it was marked for deletion. | SCHEDULED_FOR_DELETION
					InvalidRequestException     | a secret with this name is already scheduled for deletion        | SCHEDULED_FOR_DELETION
					InvalidRequestException     | You can't do that                                                | INVALID_REQUEST
					InvalidParameterException   | Invalid name                                                     | INVALID_REQUEST
					ValidationException         | 1 validation error detected                                      | INVALID_REQUEST
					ThrottlingException         | Rate exceeded                                                    | THROTTLED
					TooManyRequestsException    | -                                                                | THROTTLED
					InternalServiceError        | -                                                                | SERVER_ERROR
					ExpiredTokenException       | The security token included in the request is expired            | EXPIRED_CREDENTIALS
					UnrecognizedClientException | The security token included in the request is invalid.           | WRONG_CREDENTIALS
					InvalidSignatureException   | The request signature we calculated does not match               | WRONG_CREDENTIALS
					InvalidClientTokenId        | -                                                                | WRONG_CREDENTIALS
					RequestTimeTooSkewed        | -                                                                | CLOCK_SKEW
					SomethingNewException       | -                                                                | MALFORMED_ANSWER
					""")
	void failureWhenCodeIsKnownHasItsCause(String code, String message, Cause cause) {
		CallFailure failure = ServiceErrors.failure(code, message, SingleCall.ACTION);
		assertThat(failure.cause()).isEqualTo(cause);
		assertThat(failure.errorCode()).isEqualTo(code);
	}

	@Test
	void failureWhenKmsIsConcernedNamesItsAction() {
		assertThat(ServiceErrors.failure("AccessDeniedException", "Access to KMS is not allowed", "x").action())
			.isEqualTo("kms:Decrypt");
		assertThat(ServiceErrors.failure("DecryptionFailure", null, "x").action()).isEqualTo("kms:Decrypt");
	}

	@Test
	void failureWhenDenialNamesNoActionHasTheOneCalled() {
		assertThat(ServiceErrors.failure("AccessDeniedException", null, SingleCall.ACTION).action())
			.isEqualTo(SingleCall.ACTION);
	}

	@Test
	void failureWhenAnswerQuotesAValueDoesNotShowIt() {
		String value = Canary.value("prod/db", 1);
		for (String code : new String[] { value, "AccessDeniedException", "InvalidRequestException", "Strange" }) {
			CallFailure failure = ServiceErrors.failure(code, "User: " + value + " is not authorized to perform: "
					+ value + " with an explicit deny in a " + value, "x");
			assertThat(failure.toString()).doesNotContain(Canary.MARKER);
		}
	}

}
