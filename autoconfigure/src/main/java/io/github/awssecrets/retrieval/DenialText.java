package io.github.awssecrets.retrieval;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What AWS's own text of a denial says: "User:
 * arn:aws:sts::123456789012:assumed-role/app/i-0ab is not authorized to perform:
 * secretsmanager:GetSecretValue on resource: prod/db because no identity-based policy
 * allows the secretsmanager:GetSecretValue action". The wording is not part of the API,
 * so each part may be missing, and only what has the form of an ARN, an action or a kind
 * of policy is taken.
 *
 * @param principal the ARN of the caller, or {@code null}
 * @param account the account of the caller, or {@code null}
 * @param action the action that is denied, or {@code null}
 * @param explicitDeny which kind of policy denies it explicitly, in words, or
 * {@code null}
 */
record DenialText(@Nullable String principal, @Nullable String account, @Nullable String action,
		@Nullable String explicitDeny) {

	static final String DECRYPT = "kms:Decrypt";

	private static final int MAXIMUM_LENGTH = 4096;

	private static final Pattern PRINCIPAL = Pattern
		.compile("User: (arn:aws(?:-[a-z]{1,16}){0,3}:(?:iam|sts)::(\\d{12}):[\\w+=,.@/-]{1,512})");

	private static final Pattern ACTION = Pattern
		.compile("not authorized to perform: ([a-z0-9-]{1,32}:[A-Za-z]{1,64})");

	private static final Pattern EXPLICIT_DENY = Pattern
		.compile("explicit deny in an? ((?:identity-based|resource-based|service control|resource control|session"
				+ "|VPC endpoint) policy|permissions boundary)");

	private static final Pattern KMS = Pattern.compile("access to kms is not allowed|\\bkms:[a-z]");

	static DenialText parse(String message) {
		String text = (message.length() <= MAXIMUM_LENGTH) ? message : message.substring(0, MAXIMUM_LENGTH);
		Matcher principal = PRINCIPAL.matcher(text);
		boolean hasPrincipal = principal.find();
		Matcher action = ACTION.matcher(text);
		Matcher deny = EXPLICIT_DENY.matcher(text);
		String denied = action.find() ? action.group(1) : null;
		if (denied == null && KMS.matcher(text.toLowerCase(Locale.ROOT)).find()) {
			denied = DECRYPT;
		}
		return new DenialText(hasPrincipal ? principal.group(1) : null, hasPrincipal ? principal.group(2) : null,
				denied, deny.find() ? "explicit deny, " + deny.group(1) : null);
	}

	boolean isKms() {
		return this.action != null && this.action.startsWith("kms:");
	}

}
