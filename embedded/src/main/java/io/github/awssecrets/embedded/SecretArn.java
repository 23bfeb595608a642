package io.github.awssecrets.embedded;

import java.util.regex.Pattern;

/**
 * The rules of names and ARNs of secrets.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html">
 * CreateSecret, for names</a>
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html">Finding
 * a secret from a partial ARN</a>
 */
final class SecretArn {

	static final String ACCOUNT = "123456789012";

	private static final Pattern REGION = Pattern.compile("(?:[a-z]+-)+\\d+");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");

	private static final Pattern SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}$");

	private static final int SUFFIX_LENGTH = 7;

	private SecretArn() {
	}

	static String of(String region, String name) {
		return prefix(region, ACCOUNT) + name;
	}

	private static String prefix(String region, String account) {
		return "arn:" + partition(region) + ":secretsmanager:" + region + ":" + account + ":secret:";
	}

	private static String partition(String region) {
		if (region.startsWith("cn-")) {
			return "aws-cn";
		}
		return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
	}

	static boolean isArn(String id) {
		return id.startsWith("arn:");
	}

	static String requireRegion(String region) {
		if (!REGION.matcher(region).matches()) {
			throw new IllegalArgumentException(
					"Not the name of a Region: '" + region + "' (expected one like eu-west-1)");
		}
		return region;
	}

	// Refuses an id that AWS would refuse before it looks for the secret: one that is
	// neither a name nor the ARN of a secret.
	static void validate(String id) {
		String name = isArn(id) ? nameOf(id) : id;
		if (!NAME.matcher(name).matches()) {
			throw ApiException
				.validation("Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
						+ " following: -/_+=.@!");
		}
	}

	// What follows secret: in an ARN, or an empty string if it is not the ARN of a
	// secret.
	private static String nameOf(String arn) {
		String[] parts = arn.split(":", 7);
		boolean secret = parts.length == 7 && parts[2].equals("secretsmanager") && parts[5].equals("secret");
		return secret ? parts[6] : "";
	}

	static boolean isForeignAccount(String id) {
		return isArn(id) && !ACCOUNT.equals(id.split(":", 7)[4]);
	}

	// The name that an id stands for: itself, or the name in an ARN without the hyphen
	// and six characters that make the ARN complete. A partial ARN whose name itself ends
	// like that is taken for a complete one, as AWS does.
	static String toName(String id) {
		if (!isArn(id)) {
			return id;
		}
		String name = nameOf(id);
		return isComplete(id) ? name.substring(0, name.length() - SUFFIX_LENGTH) : name;
	}

	static boolean isComplete(String arn) {
		return SUFFIX.matcher(arn).find();
	}

	// Whether a partial ARN is of this Region and account.
	static boolean isLocal(String arn, String region) {
		return arn.startsWith(prefix(region, ACCOUNT));
	}

}
