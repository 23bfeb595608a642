package io.github.awssecrets.embedded;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What a random password looks like. The three refusals are those of AWS as others
 * measured them; its documents name none.
 *
 * @param length the number of characters
 * @param types the types of characters that it may have
 * @param requiresEach whether it has one character of each type; a space is never
 * required
 * @param excluded the characters that it may not have
 * @param includesSpace whether it may have spaces
 * @see <a href=
 * "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html">GetRandomPassword</a>
 */
record PasswordRule(int length, Set<Type> types, boolean requiresEach, String excluded, boolean includesSpace) {

	static final int DEFAULT_LENGTH = 32;

	private static final int MAXIMUM = 4096;

	PasswordRule {
		types = Set.copyOf(types);
	}

	static PasswordRule of(Parameters parameters) {
		Set<Type> types = EnumSet.allOf(Type.class);
		types.removeIf((type) -> parameters.flag(type.exclusion));
		String excluded = parameters.string("ExcludeCharacters", 0, MAXIMUM);
		return new PasswordRule(parameters.number("PasswordLength", 1, MAXIMUM, DEFAULT_LENGTH), types,
				parameters.flag("RequireEachIncludedType", true), (excluded != null) ? excluded : "",
				parameters.flag("IncludeSpace"));
	}

	/**
	 * Generates a password.
	 * @param random the source of randomness
	 * @return the password
	 * @throws ApiException if no password is possible
	 */
	String generate(Random random) {
		StringBuilder all = new StringBuilder(without(this.includesSpace ? " " : ""));
		List<Character> password = new ArrayList<>(this.length);
		for (Type type : this.types) {
			String characters = without(type.characters);
			if (this.requiresEach) {
				if (characters.isEmpty()) {
					throw ApiException.invalidParameter("All characters of the desired type have been excluded");
				}
				password.add(pick(characters, random));
			}
			all.append(characters);
		}
		if (all.isEmpty()) {
			throw ApiException.invalidParameter("All characters have been excluded from selection");
		}
		if (password.size() > this.length) {
			throw ApiException.invalidParameter("Password length is too short based on the required types.");
		}
		while (password.size() < this.length) {
			password.add(pick(all, random));
		}
		Collections.shuffle(password, random);
		StringBuilder text = new StringBuilder(this.length);
		password.forEach(text::append);
		return text.toString();
	}

	private static char pick(CharSequence characters, Random random) {
		return characters.charAt(random.nextInt(characters.length()));
	}

	private String without(String characters) {
		StringBuilder left = new StringBuilder();
		characters.chars().filter((character) -> this.excluded.indexOf(character) < 0).forEach(left::appendCodePoint);
		return left.toString();
	}

	/**
	 * A type of characters.
	 */
	enum Type {

		UPPERCASE("ExcludeUppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),

		LOWERCASE("ExcludeLowercase", "abcdefghijklmnopqrstuvwxyz"),

		NUMBERS("ExcludeNumbers", "0123456789"),

		PUNCTUATION("ExcludePunctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

		private final String exclusion;

		private final String characters;

		Type(String exclusion, String characters) {
			this.exclusion = exclusion;
			this.characters = characters;
		}

	}

}
