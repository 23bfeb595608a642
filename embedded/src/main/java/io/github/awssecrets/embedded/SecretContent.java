package io.github.awssecrets.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The value of a version: a text, or bytes kept as their Base64 text. It shows neither.
 *
 * @param type whether it is text or bytes
 * @param data the text, or the Base64 of the bytes
 */
record SecretContent(Type type, String data) {

	/**
	 * The service's limit, in bytes.
	 */
	static final int MAXIMUM_SIZE = 65_536;

	SecretContent {
		int size = (type == Type.STRING) ? data.getBytes(StandardCharsets.UTF_8).length
				: Base64.getDecoder().decode(data).length;
		if (size == 0) {
			throw invalidSize(type, "greater than or equal to 1");
		}
		if (size > MAXIMUM_SIZE) {
			throw invalidSize(type, "less than or equal to " + MAXIMUM_SIZE);
		}
	}

	static SecretContent ofString(String text) {
		return new SecretContent(Type.STRING, text);
	}

	static SecretContent ofBinary(byte[] bytes) {
		return new SecretContent(Type.BINARY, Base64.getEncoder().encodeToString(bytes));
	}

	private static ApiException invalidSize(Type type, String limit) {
		return ApiException.validation("1 validation error detected: Value at '%s' failed to satisfy constraint: Member"
			.formatted((type == Type.STRING) ? "secretString" : "secretBinary") + " must have length " + limit);
	}

	@Override
	public String toString() {
		return "SecretContent[" + this.type + ", hidden]";
	}

	enum Type {

		STRING("SecretString"), BINARY("SecretBinary");

		private final String member;

		Type(String member) {
			this.member = member;
		}

		// The name of the member that carries such a value.
		String member() {
			return this.member;
		}

	}

}
