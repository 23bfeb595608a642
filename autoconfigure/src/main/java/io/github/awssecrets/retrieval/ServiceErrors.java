package io.github.awssecrets.retrieval;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Says what an error of the service means, by its code and, where one code stands for
 * several things, by its message. Codes are those of the Secrets Manager API model and of
 * the errors common to all AWS services; some emulators leave out the ending
 * {@code Exception}.
 */
final class ServiceErrors {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:#/-]{1,128}");

	private static final String SUFFIX = "Exception";

	private static final Set<String> THROTTLED = Set.of("Throttling", "Throttled", "ThrottledException",
			"RequestThrottled", "TooManyRequests", "RequestLimitExceeded", "LimitExceeded", "SlowDown",
			"ProvisionedThroughputExceeded", "BandwidthLimitExceeded");

	private static final Set<String> DENIED = Set.of("AccessDenied", "NotAuthorized", "UnauthorizedOperation");

	private static final Set<String> EXPIRED = Set.of("ExpiredToken", "TokenRefreshRequired");

	private static final Set<String> WRONG = Set.of("UnrecognizedClient", "InvalidClientTokenId", "InvalidSignature",
			"SignatureDoesNotMatch", "IncompleteSignature", "MissingAuthenticationToken", "AuthFailure",
			"InvalidAccessKeyId");

	private static final Set<String> SKEWED = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");

	private static final Set<String> SERVER = Set.of("InternalServiceError", "InternalServerError", "InternalFailure",
			"InternalError", "ServiceUnavailable", "RequestTimeout");

	private static final Set<String> INVALID = Set.of("InvalidRequest", "InvalidParameter", "InvalidParameterValue",
			"Validation", "ValidationError", "Serialization", "InvalidNextToken");

	private ServiceErrors() {
	}

	/**
	 * Return the failure that an error stands for.
	 * @param code the code, or {@code null}
	 * @param message the message, of which only what has the form of ARNs and action
	 * names is kept
	 * @param action the action that was called
	 * @return the failure that an error stands for
	 */
	static CallFailure failure(@Nullable String code, @Nullable String message, String action) {
		String errorCode = (code != null && FORM.matcher(code).matches()) ? code : null;
		String text = (message != null) ? message : "";
		DenialText denial = DenialText.parse(text);
		Cause cause = (errorCode != null) ? cause(withoutSuffix(errorCode), text, denial) : Cause.MALFORMED_ANSWER;
		return switch (cause) {
			case ACCESS_DENIED, KMS_ACCESS_DENIED ->
				new CallFailure(cause, (denial.action() != null) ? denial.action() : action, denial.principal(),
						denial.account(), null, errorCode, null, denial.explicitDeny());
			case DECRYPTION_FAILED ->
				new CallFailure(cause, DenialText.DECRYPT, null, null, null, errorCode, null, null);
			default -> new CallFailure(cause, action, null, null, null, errorCode, null, null);
		};
	}

	private static String withoutSuffix(String code) {
		return code.endsWith(SUFFIX) ? code.substring(0, code.length() - SUFFIX.length()) : code;
	}

	private static Cause cause(String code, String message, DenialText denial) {
		if (THROTTLED.contains(code)) {
			return Cause.THROTTLED;
		}
		if (DENIED.contains(code)) {
			return denial.isKms() ? Cause.KMS_ACCESS_DENIED : Cause.ACCESS_DENIED;
		}
		if (EXPIRED.contains(code)) {
			return Cause.EXPIRED_CREDENTIALS;
		}
		if (WRONG.contains(code)) {
			return Cause.WRONG_CREDENTIALS;
		}
		if (SKEWED.contains(code)) {
			return Cause.CLOCK_SKEW;
		}
		if (SERVER.contains(code)) {
			return Cause.SERVER_ERROR;
		}
		if (code.equals("DecryptionFailure")) {
			return Cause.DECRYPTION_FAILED;
		}
		String lowerCase = message.toLowerCase(Locale.ROOT);
		if (code.equals("ResourceNotFound")) {
			return lowerCase.contains("secret value for") ? Cause.VERSION_NOT_FOUND : Cause.NOT_FOUND;
		}
		if (code.equals("InvalidRequest") && isDeletion(lowerCase)) {
			return Cause.SCHEDULED_FOR_DELETION;
		}
		return INVALID.contains(code) ? Cause.INVALID_REQUEST : Cause.MALFORMED_ANSWER;
	}

	private static boolean isDeletion(String lowerCase) {
		return lowerCase.contains("marked for deletion") || lowerCase.contains("marked deleted")
				|| lowerCase.contains("scheduled for deletion");
	}

}
