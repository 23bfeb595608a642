package io.github.awssecrets.reference;

/**
 * Follows the characters of an id, to tell the colons that belong to an ARN: the first
 * six, if the id starts with {@code arn:}, and none after a dot. Parser and printer share
 * it.
 */
final class ArnPrefix {

	private boolean possible = true;

	private int length;

	private int colons;

	/**
	 * Take a literal character.
	 * @param character the character, free of its escape
	 */
	void character(char character) {
		if (this.length < Arn.PREFIX.length()) {
			this.possible = this.possible && Arn.PREFIX.charAt(this.length) == character;
			this.length++;
		}
		if (character == ':') {
			this.colons++;
		}
	}

	/**
	 * Take a placeholder.
	 */
	void placeholder() {
		if (this.length < Arn.PREFIX.length()) {
			this.possible = false;
		}
	}

	/**
	 * Take a dot that is not escaped.
	 */
	void dot() {
		this.possible = false;
	}

	/**
	 * Return whether a colon that came now would belong to the ARN.
	 * @return whether it belongs to the ARN
	 */
	boolean claimsColon() {
		return this.possible && this.length >= Arn.PREFIX.length() - 1 && this.colons < Arn.COLONS;
	}

}
