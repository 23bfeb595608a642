package io.github.awssecrets.reference;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a secret: its name, or its complete ARN. The rules are those of AWS
 * Secrets Manager: a name has 1 to 512 ASCII letters, digits and <code>/_+=.@-</code>
 * (those of AWS's own, managed secrets contain {@code !} too); the ARN of a secret ends
 * in the name, {@code -} and six characters; an id has at most 2048 characters.
 *
 * @param value the name or ARN
 */
public record SecretId(String value) {

	private static final int MAXIMUM_LENGTH = 2048;

	/**
	 * Create an id.
	 * @throws ReferenceSyntaxException if AWS would refuse the id; the message does not
	 * show it
	 */
	public SecretId {
		if (value.length() > MAXIMUM_LENGTH) {
			throw new ReferenceSyntaxException("The id of a secret has at most %d characters, and this one has %d"
				.formatted(MAXIMUM_LENGTH, value.length()));
		}
		if (Arn.isArn(value)) {
			Arn.parse(value);
		}
		else {
			SecretName.requireValid(value);
		}
	}

	/**
	 * Return whether this id is an ARN.
	 * @return whether this id is an ARN and not a name
	 */
	public boolean isArn() {
		return Arn.isArn(this.value);
	}

	/**
	 * Return the Region in the ARN.
	 * @return the Region, or {@code null} if this id is a name
	 */
	public @Nullable String arnRegion() {
		return isArn() ? Arn.parse(this.value).region() : null;
	}

	/**
	 * Return the account in the ARN.
	 * @return the account, twelve digits, or {@code null} if this id is a name
	 */
	public @Nullable String arnAccount() {
		return isArn() ? Arn.parse(this.value).account() : null;
	}

	/**
	 * Return the name of the secret.
	 * @return the name; of an ARN without {@code -} and the six characters after it
	 */
	public String name() {
		return isArn() ? Arn.parse(this.value).name() : this.value;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
