package io.github.awssecrets.reference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The complete ARN of a secret, in any AWS partition.
 *
 * @param region the Region
 * @param account the account, twelve digits
 * @param name the name of the secret, without {@code -} and the six characters after it
 */
record Arn(String region, String account, String name) {

	static final String PREFIX = "arn:";

	/**
	 * The number of colons before the name of the secret.
	 */
	static final int COLONS = 6;

	private static final Pattern RESOURCE = Pattern
		.compile("arn:aws(?:-[a-z]+)*:secretsmanager:([a-z0-9-]+):(\\d{12}):secret:(.*)", Pattern.DOTALL);

	private static final Pattern SUFFIX = Pattern.compile("-[A-Za-z0-9]{6}");

	private static final int SUFFIX_LENGTH = 7;

	static boolean isArn(String id) {
		return id.startsWith(PREFIX);
	}

	/**
	 * Parse a complete ARN.
	 * @param arn a text that {@link #isArn(String) starts as an ARN}
	 * @return the parts of the ARN
	 * @throws ReferenceSyntaxException if the text is not the complete ARN of a secret
	 */
	static Arn parse(String arn) {
		Matcher matcher = RESOURCE.matcher(arn);
		if (!matcher.matches()) {
			throw new ReferenceSyntaxException("The ARN is not that of a secret. Write it complete, as in "
					+ "arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf");
		}
		String resource = matcher.group(3);
		int nameLength = resource.length() - SUFFIX_LENGTH;
		if (nameLength < 1 || !SUFFIX.matcher(resource.substring(nameLength)).matches()) {
			throw new ReferenceSyntaxException(
					"The ARN is incomplete: '-' and six characters are missing at its end, as in "
							+ "arn:aws:secretsmanager:eu-west-1:123456789012:secret:NAME-AbCdEf");
		}
		Region.requireValid(matcher.group(1));
		SecretName.requireValid(resource.substring(0, nameLength));
		return new Arn(matcher.group(1), matcher.group(2), resource.substring(0, nameLength));
	}

	/**
	 * Require that a Region does not contradict the Region of an id that is an ARN.
	 * @param id a name or an ARN, which need not be valid
	 * @param region the Region
	 * @throws ReferenceSyntaxException if they are two different Regions
	 */
	static void requireSameRegion(String id, String region) {
		Matcher matcher = RESOURCE.matcher(id);
		if (matcher.matches() && !matcher.group(1).equals(region)) {
			throw new ReferenceSyntaxException(
					"Option 'region' contradicts the Region of the ARN. Leave the option out");
		}
	}

}
