package io.github.awssecrets.env;

import java.time.ZoneOffset;

import io.github.awssecrets.reference.ResolvedReference;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Says why a secret could not be retrieved, and what to do about it.
 */
final class RetrievalProblems {

	private RetrievalProblems() {
	}

	/**
	 * Describe why there is no secret.
	 * @param use the place that asks for it
	 * @param reference what it asks for
	 * @param failure why that could not be retrieved
	 * @return the problem
	 */
	static ReferenceProblem describe(SecretUse use, ResolvedReference reference, RetrievalFailure failure) {
		String otherReading = (failure.cause() == Cause.NOT_FOUND) ? otherReading(use, reference) : "";
		return use
			.problem(description(reference.selector(), failure) + otherReading,
					action(use.noun(), reference.selector(), failure))
			.about(new AskedSecret(failure.id().value(), failure.region(), failure.principal()));
	}

	/**
	 * Say what is wrong.
	 * @param selector what was asked for
	 * @param failure why that could not be retrieved
	 * @return a sentence
	 */
	static String description(SecretSelector selector, RetrievalFailure failure) {
		SecretId id = failure.id();
		String service = (failure.region() != null) ? "Secrets Manager in " + failure.region() : "Secrets Manager";
		return switch (failure.cause()) {
			case NOT_FOUND -> "No secret '%s' in %s.".formatted(id, place(failure));
			case VERSION_NOT_FOUND ->
				selector.isCurrent() ? "Secret '%s' in %s has no value yet.".formatted(id, place(failure))
						: "Secret '%s' in %s has no %s.".formatted(id, place(failure), version(selector));
			case BAD_FILE -> "The secrets cannot be read%s.".formatted(detail(failure));
			case ACCESS_DENIED, KMS_ACCESS_DENIED -> AccessProblems.description(failure);
			case DECRYPTION_FAILED ->
				"AWS could not decrypt %s: its KMS key is disabled, deleted or invalid.".formatted(id);
			case SCHEDULED_FOR_DELETION -> (failure.deletionDate() != null)
					? "Scheduled for deletion (%s); it can be restored until then."
						.formatted(failure.deletionDate().atOffset(ZoneOffset.UTC).toLocalDate())
					: "Scheduled for deletion; it can be restored until the end of its recovery window.";
			case THROTTLED -> "Throttled: %s answered only that there are too many requests.".formatted(service);
			case UNREACHABLE -> "Not reachable: no connection to %s%s.".formatted(service, detail(failure));
			case CONNECTION_LOST -> "The connection to %s broke before the answer was complete.".formatted(service);
			case TIMED_OUT -> "No answer from %s in time.".formatted(service);
			case SERVER_ERROR -> "%s failed%s.".formatted(service, status(failure));
			case MALFORMED_ANSWER ->
				"The answer of %s could not be understood%s%s.".formatted(service, code(failure), detail(failure));
			case NO_VALUE -> "The answer of %s holds no value for %s.".formatted(service, id);
			case NO_CREDENTIALS -> "There are no AWS credentials%s.".formatted(detail(failure));
			case NO_PROFILE -> "The profile of aws.secrets.profile cannot be used%s.".formatted(detail(failure));
			case EXPIRED_CREDENTIALS -> "The AWS credentials have expired%s.".formatted(detail(failure));
			case WRONG_CREDENTIALS -> "AWS does not accept the credentials%s.".formatted(code(failure));
			case CLOCK_SKEW ->
				"The clock of this machine differs too much from that of AWS%s.".formatted(code(failure));
			case NO_REGION -> "No AWS Region is set, nor found by the AWS SDK.";
			case INVALID_REQUEST -> "%s refused the request for %s%s.".formatted(service, id, code(failure));
			case CLIENT_FAILED -> "The AWS client cannot be used%s.".formatted(detail(failure));
			case CANCELLED -> "The retrieval was cancelled%s.".formatted(detail(failure));
		};
	}

	/**
	 * Say what to do about it while the application runs. Other than at start, it is
	 * tried again.
	 * @param selector what was asked for
	 * @param failure why that could not be retrieved
	 * @return what to do
	 */
	static String actionWhileRunning(SecretSelector selector, RetrievalFailure failure) {
		return switch (failure.cause()) {
			case THROTTLED -> "Raise aws.secrets.watch.interval, or have AWS raise the quota of the account.";
			case CONNECTION_LOST, SERVER_ERROR, MALFORMED_ANSWER, NO_VALUE ->
				"Check what stands between this application and AWS, and aws.secrets.endpoint if it is set.";
			case TIMED_OUT -> "Check the network and the VPC endpoint.";
			case CANCELLED -> "Nothing: it is tried again.";
			default -> action("reference", selector, failure);
		};
	}

	private static String action(String noun, SecretSelector selector, RetrievalFailure failure) {
		return switch (failure.cause()) {
			case NOT_FOUND, VERSION_NOT_FOUND ->
				isOfFile(failure) ? fileAction(noun, selector) : missingAction(noun, selector, failure);
			case BAD_FILE -> "Correct the file.";
			case ACCESS_DENIED, KMS_ACCESS_DENIED -> AccessProblems.advice(failure);
			case DECRYPTION_FAILED -> "Enable the secret's KMS key, or encrypt the secret with another one.";
			case SCHEDULED_FOR_DELETION -> command("restore-secret", failure);
			case THROTTLED -> "Raise aws.secrets.startup-timeout, or start fewer instances at once.";
			case UNREACHABLE ->
				"Check the network, the VPC endpoint, aws.secrets.region, and aws.secrets.endpoint " + "if it is set.";
			case CONNECTION_LOST, SERVER_ERROR, MALFORMED_ANSWER, NO_VALUE ->
				"Start again; check what stands between this application and AWS, and aws.secrets.endpoint if it is set.";
			case TIMED_OUT -> "Check the network and the VPC endpoint, or raise aws.secrets.startup-timeout.";
			case NO_CREDENTIALS -> "Give the application a role, or set aws.secrets.profile or AWS_ACCESS_KEY_ID and "
					+ "AWS_SECRET_ACCESS_KEY.";
			case NO_PROFILE -> "Create the profile, or correct aws.secrets.profile.";
			case EXPIRED_CREDENTIALS -> "Renew them, with aws sso login for instance.";
			case WRONG_CREDENTIALS ->
				"Check the role, profile or access key of the application: it must be active, and of the same AWS "
						+ "partition as the Region.";
			case CLOCK_SKEW -> "Set the clock.";
			case NO_REGION -> "Set aws.secrets.region or the environment variable AWS_REGION.";
			case INVALID_REQUEST -> "Correct the %s.".formatted(noun);
			case CLIENT_FAILED -> "Check aws.secrets.* and the customizers of the client.";
			case CANCELLED -> "Start again.";
		};
	}

	private static String fileAction(String noun, SecretSelector selector) {
		String option = (selector.stage() != null) ? "?stage=" + selector.stage()
				: (selector.versionId() != null) ? "?version=" + selector.versionId() : "";
		return "Add '%s%s' to the file, or correct the %s.".formatted(selector.id(), option, noun);
	}

	private static String missingAction(String noun, SecretSelector selector, RetrievalFailure failure) {
		if (failure.cause() == Cause.NOT_FOUND) {
			return notFoundAction(noun, selector);
		}
		return selector.isCurrent()
				? "Put a value into it: " + command("put-secret-value", failure) + " --secret-string file://value.json"
				: "Correct the stage or version in the %s: ".formatted(noun)
						+ command("list-secret-version-ids", failure) + " shows those that there are.";
	}

	private static String notFoundAction(String noun, SecretSelector selector) {
		if (selector.id().isArn()) {
			return "Correct the ARN, or create the secret.";
		}
		return (selector.region() != null)
				? "Create the secret, or correct its name or Region in the %s.".formatted(noun)
				: "Create the secret, correct the name, or set aws.secrets.region.";
	}

	/* AWS is never asked without a Region */
	private static boolean isOfFile(RetrievalFailure failure) {
		return failure.region() == null && failure.detail() != null;
	}

	private static @Nullable String place(RetrievalFailure failure) {
		return isOfFile(failure) ? failure.detail() : failure.region();
	}

	private static String otherReading(SecretUse use, ResolvedReference reference) {
		String other = use.otherReading(reference);
		return (other != null) ? " " + other : "";
	}

	private static String version(SecretSelector selector) {
		return (selector.stage() != null) ? "version with stage " + selector.stage()
				: "version " + selector.versionId();
	}

	private static String command(String command, RetrievalFailure failure) {
		return "aws secretsmanager %s --secret-id %s --region %s".formatted(command, failure.id(), failure.region());
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

}
