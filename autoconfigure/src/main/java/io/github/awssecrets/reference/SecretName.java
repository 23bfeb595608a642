package io.github.awssecrets.reference;

/**
 * The rules of AWS Secrets Manager for the name of a secret.
 */
final class SecretName {

	private static final int MAXIMUM_LENGTH = 512;

	private static final String PUNCTUATION = "/_+=.@-!";

	private SecretName() {
	}

	static void requireValid(String name) {
		if (name.isEmpty()) {
			throw new ReferenceSyntaxException("The name of the secret is empty");
		}
		if (name.length() > MAXIMUM_LENGTH) {
			throw new ReferenceSyntaxException("The name of a secret has at most %d characters, and this one has %d"
				.formatted(MAXIMUM_LENGTH, name.length()));
		}
		for (int i = 0; i < name.length(); i++) {
			if (!isLegal(name.charAt(i))) {
				throw new ReferenceSyntaxException(
						"The name of a secret cannot contain %s (its character %d). AWS allows ASCII letters, digits and %s"
							.formatted(describe(name.charAt(i)), i + 1, PUNCTUATION));
			}
		}
	}

	private static boolean isLegal(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || PUNCTUATION.indexOf(character) != -1;
	}

	private static String describe(char character) {
		if (character == ' ') {
			return "a space";
		}
		return (character > ' ' && character < 0x7F) ? "'%c'".formatted(character)
				: "U+%04X".formatted((int) character);
	}

}
