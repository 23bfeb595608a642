package io.github.awssecrets.permission;

import org.jspecify.annotations.Nullable;

/**
 * A secret as the resource of a policy. AWS appends {@code -} and six characters to the
 * name of a secret; question marks match just these, where an asterisk would also match
 * secrets whose names go on.
 *
 * @param partition the partition, such as {@code aws}
 * @param region the Region, or {@code *}
 * @param account the account, or {@code *}
 * @param name the name of the secret
 */
public record SecretResource(String partition, String region, String account, String name) {

	private static final String ANY = "*";

	/**
	 * Return the resource for the name of a secret.
	 * @param name the name
	 * @param partition the partition, or {@code null} for that of the Region
	 * @param region the Region, or {@code null} for any
	 * @param account the account, or {@code null} for any
	 * @return the resource
	 */
	public static SecretResource ofName(String name, @Nullable String partition, @Nullable String region,
			@Nullable String account) {
		return new SecretResource((partition != null) ? partition : partition(region), (region != null) ? region : ANY,
				(account != null) ? account : ANY, name);
	}

	/**
	 * Return the resource for all secrets that have the name of one, wherever they are
	 * created anew.
	 * @param arn the complete ARN of a secret
	 * @return the resource
	 */
	static SecretResource ofArn(String arn) {
		String[] parts = arn.split(":", 7);
		return new SecretResource(parts[1], parts[3], parts[4],
				parts[6].substring(0, parts[6].length() - "-??????".length()));
	}

	private static String partition(@Nullable String region) {
		if (region != null && region.startsWith("cn-")) {
			return "aws-cn";
		}
		return (region != null && region.startsWith("us-gov-")) ? "aws-us-gov" : "aws";
	}

	/**
	 * Return the resource as policies have it.
	 */
	@Override
	public String toString() {
		return "arn:%s:secretsmanager:%s:%s:secret:%s-??????".formatted(this.partition, this.region, this.account,
				this.name);
	}

}
