package io.github.awssecrets.env;

import java.time.ZoneOffset;

import io.github.awssecrets.reference.OtherReading;
import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.jspecify.annotations.Nullable;

/**
 * Says why a secret could not be retrieved, and what to do about it.
 */
final class RetrievalProblems {

	private RetrievalProblems() {
	}

	static ReferenceProblem describe(ReferenceUse use, ResolvedReference reference, RetrievalFailure failure) {
		return use.problem(description(reference, failure), action(failure));
	}

	private static String description(ResolvedReference reference, RetrievalFailure failure) {
		SecretId id = failure.id();
		return switch (failure.cause()) {
			case NOT_FOUND -> "No secret '%s' in %s.%s".formatted(id, failure.region(), otherReading(reference));
			case VERSION_NOT_FOUND ->
				"Secret '%s' has no %s in %s.".formatted(id, version(reference), failure.region());
			case ACCESS_DENIED ->
				"Access denied: %s may not call %s on %s.".formatted(caller(failure), failure.action(), id);
			case KMS_ACCESS_DENIED -> "Access denied: %s may not call %s with the KMS key of %s."
				.formatted(caller(failure), failure.action(), id);
			case DECRYPTION_FAILED ->
				"AWS could not decrypt %s: its KMS key is disabled, deleted or invalid.".formatted(id);
			case SCHEDULED_FOR_DELETION -> (failure.deletionDate() != null)
					? "Scheduled for deletion (%s); it can be restored until then."
						.formatted(failure.deletionDate().atOffset(ZoneOffset.UTC).toLocalDate())
					: "Scheduled for deletion; it can be restored until the end of its recovery window.";
			case THROTTLED -> "Throttled: AWS refused %s for too many requests until the time was up.".formatted(id);
			case UNREACHABLE ->
				"Not reachable: no connection to Secrets Manager in %s%s.".formatted(failure.region(), detail(failure));
			case CONNECTION_LOST -> "The connection to Secrets Manager in %s broke before the answer for %s was "
				.formatted(failure.region(), id) + "complete.";
			case TIMED_OUT -> "No answer for %s from Secrets Manager in %s in time.".formatted(id, failure.region());
			case SERVER_ERROR -> "Secrets Manager in %s failed%s.".formatted(failure.region(), status(failure));
			case MALFORMED_ANSWER ->
				"The answer of Secrets Manager in %s for %s could not be understood.".formatted(failure.region(), id);
			case NO_VALUE -> "Secret '%s' holds no value.".formatted(id);
			case NO_CREDENTIALS -> "There are no AWS credentials.";
			case NO_PROFILE -> "The AWS profile of aws.secrets.profile does not exist%s.".formatted(detail(failure));
			case EXPIRED_CREDENTIALS -> "The AWS credentials have expired.";
			case WRONG_CREDENTIALS -> "AWS does not accept the credentials%s.".formatted(code(failure));
			case CLOCK_SKEW -> "The clock of this machine differs too much from that of AWS.";
			case NO_REGION -> "No AWS Region is set.";
			case INVALID_REQUEST -> "AWS refused the request for %s%s.".formatted(id, code(failure));
			case CLIENT_FAILED -> "The AWS client could not be used%s.".formatted(detail(failure));
			case CANCELLED -> "The retrieval of %s was cancelled.".formatted(id);
		};
	}

	private static String action(RetrievalFailure failure) {
		return switch (failure.cause()) {
			case NOT_FOUND -> "Create the secret, correct the name, or set aws.secrets.region.";
			case VERSION_NOT_FOUND -> "Correct the stage or version in the reference.";
			case ACCESS_DENIED -> "Allow it: " + statement(failure.action(), resource(failure));
			case KMS_ACCESS_DENIED -> "Allow it: " + statement(failure.action(), "<the ARN of the secret's KMS key>");
			case DECRYPTION_FAILED -> "Enable the secret's KMS key, or encrypt the secret with another one.";
			case SCHEDULED_FOR_DELETION -> "aws secretsmanager restore-secret --secret-id %s".formatted(failure.id());
			case THROTTLED -> "Raise aws.secrets.startup-timeout, or start fewer instances at once.";
			case UNREACHABLE -> "Check the network, the VPC endpoint, and aws.secrets.endpoint if it is set.";
			case CONNECTION_LOST, SERVER_ERROR, MALFORMED_ANSWER -> "Start again; check what stands between this "
					+ "application and AWS, and aws.secrets.endpoint if it is set.";
			case TIMED_OUT -> "Check the network, or raise aws.secrets.startup-timeout.";
			case NO_VALUE ->
				"Put a value into it: aws secretsmanager put-secret-value --secret-id %s".formatted(failure.id());
			case NO_CREDENTIALS -> "Give the application a role, or set aws.secrets.profile.";
			case NO_PROFILE -> "Create the profile, or correct aws.secrets.profile.";
			case EXPIRED_CREDENTIALS -> "Renew them: aws sso login, or a new session.";
			case WRONG_CREDENTIALS ->
				"Check the role or profile of the application, and that they belong to this " + "partition and Region.";
			case CLOCK_SKEW -> "Set the clock.";
			case NO_REGION -> "Set aws.secrets.region or the environment variable AWS_REGION.";
			case INVALID_REQUEST -> "Correct the reference.";
			case CLIENT_FAILED -> "Check aws.secrets.* and the customizers of the client.";
			case CANCELLED -> "Start again.";
		};
	}

	private static String otherReading(ResolvedReference reference) {
		OtherReading other = reference.otherReading();
		return (other != null) ? " (Looked for %s of '%s'; %s.)".formatted(reference.key().describe(),
				reference.selector().id(), other) : "";
	}

	private static String version(ResolvedReference reference) {
		String stage = reference.selector().stage();
		return (stage != null) ? "version with stage " + stage : "version " + reference.selector().versionId();
	}

	private static String caller(RetrievalFailure failure) {
		return (failure.principal() != null) ? failure.principal() : "this application";
	}

	private static String detail(RetrievalFailure failure) {
		return (failure.detail() != null) ? ": " + failure.detail() : "";
	}

	private static String code(RetrievalFailure failure) {
		return (failure.errorCode() != null) ? " (" + failure.errorCode() + ")" : "";
	}

	private static String status(RetrievalFailure failure) {
		return (failure.httpStatus() != null) ? " with HTTP status " + failure.httpStatus() : "";
	}

	private static String statement(@Nullable String action, String resource) {
		return "{ \"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"%s\" }".formatted(action, resource);
	}

	private static String resource(RetrievalFailure failure) {
		SecretId id = failure.id();
		if ("secretsmanager:BatchGetSecretValue".equals(failure.action())) {
			return "*";
		}
		return id.isArn() ? id.value() : "arn:aws:secretsmanager:%s:%s:secret:%s-??????".formatted(failure.region(),
				(failure.account() != null) ? failure.account() : "*", id);
	}

}
