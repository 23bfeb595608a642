package io.github.awssecrets.env;

import io.github.awssecrets.permission.SecretResource;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.retrieval.RequiredActions;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.jspecify.annotations.Nullable;

/**
 * Says what AWS denied to whom, and which permission to grant.
 */
final class AccessProblems {

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
		return (failure.action() != null) ? failure.action() : RequiredActions.GET_SECRET_VALUE;
	}

	private static String allow(String action, String resource) {
		return """
				Allow it: { "Effect": "Allow", "Action": "%s",
				            "Resource": "%s" }""".formatted(action, resource);
	}

	private static String resource(RetrievalFailure failure) {
		SecretId id = failure.id();
		if (RequiredActions.BATCH_GET_SECRET_VALUE.equals(action(failure))) {
			return "*";
		}
		return id.isArn() ? id.value()
				: SecretResource.ofName(id.value(), partition(failure), failure.region(), failure.account()).toString();
	}

	private static @Nullable String partition(RetrievalFailure failure) {
		return (failure.principal() != null) ? failure.principal().split(":", 3)[1] : null;
	}

}
