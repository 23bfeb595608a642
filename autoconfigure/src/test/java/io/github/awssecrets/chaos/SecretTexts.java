package io.github.awssecrets.chaos;

import java.util.Map;

import io.github.awssecrets.testing.Canary;

/**
 * The texts of simulated secrets: JSON with a user name and a password, which is a canary
 * value and what a fault adds to it.
 */
final class SecretTexts {

	static final String USERNAME = "username";

	static final String PASSWORD = "password";

	private static final int LARGE = 65_000;

	private static final int DEPTH = 999;

	private static final Map<Fault, String> ADDITIONS = Map.of(Fault.ROTATED_TO_NUL, "\0\0\u0001",
			Fault.ROTATED_TO_EMOJI, "\ud83d\ude00\u00e9\u2028", Fault.ROTATED_TO_PLACEHOLDER, "${x}${y:${z}}\\${",
			Fault.ROTATED_TO_EXPRESSION, "#{1+1}#{systemProperties}", Fault.ROTATED_TO_CIPHER, "{cipher}00",
			Fault.ROTATED_TO_REFERENCE, "$<secret:chaos/0.password>\\$<secret:");

	private SecretTexts() {
	}

	/**
	 * Return a password.
	 * @param name the secret
	 * @param version the number of the version
	 * @param fault what the version is like
	 */
	static String password(String name, int version, Fault fault) {
		String value = Canary.value(name, version);
		if (fault == Fault.ROTATED_TO_64_KIB) {
			return value + "x".repeat(LARGE);
		}
		return (fault == Fault.ROTATED_TO_CIPHER) ? ADDITIONS.get(fault) + value
				: value + ADDITIONS.getOrDefault(fault, "");
	}

	static String username(String name, int version) {
		return Canary.value(name + ".user", version);
	}

	static String text(String name, int version, Fault fault) {
		String user = quote(username(name, version));
		String password = quote(password(name, version, fault));
		return switch (fault) {
			case KEY_VANISHED -> "{\"username\":%s}".formatted(user);
			case KEY_NULL -> "{\"username\":%s,\"password\":null}".formatted(user);
			case TURNED_TO_TEXT -> password(name, version, fault);
			case TURNED_EMPTY -> "";
			case TURNED_MALFORMED -> "{\"username\":%s,\"password\":%s".formatted(user, password);
			case ROTATED_TO_DEPTH_1000 -> "{\"deep\":%s%s,\"username\":%s,\"password\":%s}".formatted("[".repeat(DEPTH),
					"]".repeat(DEPTH), user, password);
			default -> "{\"username\":%s,\"password\":%s}".formatted(user, password);
		};
	}

	/**
	 * Return whether a version can be used.
	 */
	static boolean isGood(Fault fault) {
		return switch (fault) {
			case KEY_VANISHED, KEY_NULL, TURNED_TO_TEXT, TURNED_EMPTY, TURNED_MALFORMED -> false;
			default -> true;
		};
	}

	static String quote(String text) {
		StringBuilder quoted = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character < ' ' || character == '"' || character == '\\') {
				quoted.append("\\u%04x".formatted((int) character));
			}
			else {
				quoted.append(character);
			}
		}
		return quoted.append('"').toString();
	}

}
