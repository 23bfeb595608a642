package io.github.awssecrets.retrieval;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Says what an exception of the SDK means. Takes nothing of its message, which may quote
 * the answer, but the names in a few messages about credentials.
 */
final class FailureTranslation {

	private static final int MAXIMUM_DEPTH = 16;

	private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

	/* What the SDK says of an error whose body is only white space */
	private static final Pattern UNREADABLE_ERROR = Pattern
		.compile("Unable to unmarshall error response .*Response Code: (\\d{3}),.*", Pattern.DOTALL);

	private static final Pattern MISSING_MODULE = Pattern.compile("'([a-z]{1,16})' service module must be on");

	private FailureTranslation() {
	}

	static CallFailure failure(RuntimeException exception, String action) {
		CallFailure failure = (exception instanceof SdkServiceException service) ? ofService(service, action)
				: ofClient(exception);
		return (failure.action() != null) ? failure : failure.withAction(action);
	}

	private static CallFailure ofService(SdkServiceException exception, String action) {
		AwsErrorDetails details = (exception instanceof AwsServiceException aws) ? aws.awsErrorDetails() : null;
		String code = (details != null) ? details.errorCode() : null;
		String message = (details != null) ? details.errorMessage() : null;
		boolean sts = details != null && "Sts".equals(details.serviceName());
		CallFailure failure = ServiceErrors.failure(code, message, sts ? "sts:AssumeRole" : action);
		Cause cause = failure.cause();
		if (exception.isThrottlingException()) {
			cause = Cause.THROTTLED;
		}
		else if (exception.isClockSkewException()) {
			cause = Cause.CLOCK_SKEW;
		}
		else if (cause == Cause.MALFORMED_ANSWER && exception.statusCode() >= 500) {
			cause = Cause.SERVER_ERROR;
		}
		String requestId = exception.requestId();
		return new CallFailure(cause, failure.action(), failure.principal(), failure.account(), exception.statusCode(),
				failure.errorCode(), (requestId != null && REQUEST_ID.matcher(requestId).matches()) ? requestId : null,
				failure.detail());
	}

	private static CallFailure ofClient(RuntimeException exception) {
		if (exception instanceof ApiCallTimeoutException || exception instanceof ApiCallAttemptTimeoutException
				|| exception instanceof AbortedException) {
			return CallFailure.of(Cause.TIMED_OUT, null);
		}
		Matcher unreadable = UNREADABLE_ERROR.matcher(String.valueOf(exception.getMessage()));
		if (unreadable.matches()) {
			return ofUnreadableError(Integer.parseInt(unreadable.group(1)));
		}
		Throwable cause = exception;
		for (int depth = 0; cause != null && depth < MAXIMUM_DEPTH; depth++, cause = cause.getCause()) {
			CallFailure failure = ofCause(cause);
			if (failure != null) {
				return failure;
			}
		}
		return CallFailure.of(Cause.CLIENT_FAILED, exception.getClass().getName());
	}

	private static CallFailure ofUnreadableError(int status) {
		return new CallFailure((status >= 500) ? Cause.SERVER_ERROR : Cause.MALFORMED_ANSWER, null, null, null, status,
				null, null, null);
	}

	private static @Nullable CallFailure ofCause(Throwable cause) {
		String message = String.valueOf(cause.getMessage());
		if (cause.getClass().getName().contains(".thirdparty.jackson.")
				|| message.startsWith("Unable to unmarshall response") || message.contains("Premature EOF")) {
			return CallFailure.of(Cause.MALFORMED_ANSWER, "the answer is not complete JSON");
		}
		if (cause instanceof IOException exception) {
			return ofConnection(exception, message);
		}
		return ofCredentials(message);
	}

	private static CallFailure ofConnection(IOException exception, String message) {
		if (exception instanceof UnknownHostException) {
			return CallFailure.of(Cause.UNREACHABLE, "unknown host");
		}
		if (exception instanceof ConnectException || exception instanceof NoRouteToHostException) {
			return CallFailure.of(Cause.UNREACHABLE, "connection refused");
		}
		if (exception instanceof SocketTimeoutException) {
			return message.toLowerCase(Locale.ROOT).contains("connect timed out")
					? CallFailure.of(Cause.UNREACHABLE, "connection timed out") : CallFailure.of(Cause.TIMED_OUT, null);
		}
		if (exception instanceof SSLException) {
			return CallFailure.of(Cause.UNREACHABLE, "TLS handshake failed: " + exception.getClass().getSimpleName());
		}
		return CallFailure.of(Cause.CONNECTION_LOST,
				(exception instanceof EOFException) ? "connection closed" : "connection reset");
	}

	private static @Nullable CallFailure ofCredentials(String message) {
		if (message.contains("SSO session") && message.contains("expired")) {
			return CallFailure.of(Cause.EXPIRED_CREDENTIALS, "the SSO session has expired");
		}
		if (message.startsWith("Unable to load credentials") || message.contains("no credentials for profile")
				|| message.contains("Failed to load credentials") || message.contains("process-based credentials")
				|| message.contains("service module must be on")) {
			Matcher module = MISSING_MODULE.matcher(message);
			return CallFailure.of(Cause.NO_CREDENTIALS, module.find()
					? "software.amazon.awssdk:%s is not on the class path".formatted(module.group(1)) : null);
		}
		return null;
	}

}
