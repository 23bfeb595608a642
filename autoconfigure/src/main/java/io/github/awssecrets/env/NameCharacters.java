package io.github.awssecrets.env;

/**
 * The letters and digits of a property's name. Boot compares names by these alone,
 * whatever separates them, so that they tell at little cost what a name cannot be.
 */
final class NameCharacters {

	private NameCharacters() {
	}

	/**
	 * Return whether a name may be one that starts with certain characters, however it is
	 * written.
	 * @param name the name of a property in its source
	 * @param characters lower-case letters and digits
	 * @return {@code false} if it is no such name
	 */
	static boolean mayStartWith(String name, String characters) {
		int matched = 0;
		for (int i = 0; i < name.length() && matched < characters.length(); i++) {
			char character = lowerCase(name.charAt(i));
			if (isLetterOrDigit(character) && character != characters.charAt(matched++)) {
				return false;
			}
		}
		return matched == characters.length();
	}

	/**
	 * Return the letters and digits of a name.
	 * @param name the name of a property
	 * @return the characters in lower case, without those that are not ASCII
	 */
	static String of(String name) {
		StringBuilder characters = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char character = lowerCase(name.charAt(i));
			if (isLetterOrDigit(character)) {
				characters.append(character);
			}
		}
		return characters.toString();
	}

	/**
	 * Return whether a name can be told from others by its letters and digits: upper case
	 * makes several letters of one, or ASCII of others.
	 * @param name the name of a property
	 * @return whether all of it is ASCII
	 */
	static boolean areAscii(String name) {
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) > 0x7F) {
				return false;
			}
		}
		return true;
	}

	private static char lowerCase(char character) {
		return (character >= 'A' && character <= 'Z') ? (char) (character + ('a' - 'A')) : character;
	}

	private static boolean isLetterOrDigit(char character) {
		return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
	}

}
