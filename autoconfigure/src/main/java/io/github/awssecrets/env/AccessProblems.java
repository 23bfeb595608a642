package io.github.awssecrets.env;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.RetrievalFailure;

/**
 * Says what AWS denied to whom, and which permission to grant.
 */
final class AccessProblems {

	private static final String DEFAULT_ACTION = "secretsmanager:GetSecretValue";

	private static final String BATCH_ACTION = "secretsmanager:BatchGetSecretValue";

	private static final Pattern PARTITION = Pattern.compile("arn:(aws(?:-[a-z]+)*):.*");

	private AccessProblems() {
	}

	static String description(RetrievalFailure failure) {
		String caller = (failure.principal() != null) ? failure.principal() : "this application";
		String denied;
		if (isRoleDenied(failure)) {
			denied = "may not assume the role of aws.secrets.role-arn (%s)".formatted(action(failure));
		}
		else if (failure.cause() == RetrievalFailure.Cause.KMS_ACCESS_DENIED) {
			denied = "may not call %s with the KMS key of %s".formatted(action(failure), failure.id());
		}
		else {
			denied = "may not call %s on %s".formatted(action(failure), failure.id());
		}
		return "Access denied: %s %s%s.".formatted(caller, denied,
				(failure.detail() != null) ? " (" + failure.detail() + ")" : "");
	}

	static String advice(RetrievalFailure failure) {
		if (failure.detail() != null) {
			return "Change the policy with the explicit deny, which wins over every permission.";
		}
		if (isRoleDenied(failure)) {
			return allow(action(failure), "<the ARN in aws.secrets.role-arn>") + "\nand in the role's trust policy.";
		}
		if (failure.cause() == RetrievalFailure.Cause.KMS_ACCESS_DENIED) {
			return allow(action(failure), "<the ARN of the secret's KMS key>") + "\nand in the policy of the key.";
		}
		String account = failure.id().arnAccount();
		boolean foreign = account != null && failure.account() != null && !account.equals(failure.account());
		return allow(action(failure), resource(failure)) + (foreign
				? "\nand in the secret's own policy and that of its KMS key, as it belongs to account " + account + "."
				: "");
	}

	private static boolean isRoleDenied(RetrievalFailure failure) {
		return action(failure).startsWith("sts:");
	}

	private static String action(RetrievalFailure failure) {
		return (failure.action() != null) ? failure.action() : DEFAULT_ACTION;
	}

	private static String allow(String action, String resource) {
		return """
				Allow it: { "Effect": "Allow", "Action": "%s",
				            "Resource": "%s" }""".formatted(action, resource);
	}

	/**
	 * Return the resource for a policy. AWS appends {@code -} and six characters to the
	 * name of a secret; question marks match just these, where an asterisk would also
	 * allow secrets whose names go on.
	 */
	private static String resource(RetrievalFailure failure) {
		SecretId id = failure.id();
		if (BATCH_ACTION.equals(action(failure))) {
			return "*";
		}
		return id.isArn() ? id.value() : "arn:%s:secretsmanager:%s:%s:secret:%s-??????".formatted(partition(failure),
				failure.region(), (failure.account() != null) ? failure.account() : "*", id);
	}

	private static String partition(RetrievalFailure failure) {
		Matcher principal = PARTITION.matcher(String.valueOf(failure.principal()));
		if (principal.matches()) {
			return principal.group(1);
		}
		String region = String.valueOf(failure.region());
		if (region.startsWith("cn-")) {
			return "aws-cn";
		}
		return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
	}

}
