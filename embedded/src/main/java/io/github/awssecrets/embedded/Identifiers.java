package io.github.awssecrets.embedded;

import java.util.Random;
import java.util.UUID;

/**
 * A source of the random parts of ARNs and version ids, repeatable when made with a seed.
 * Safe for use by several threads.
 */
final class Identifiers {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private static final int SUFFIX_LENGTH = 6;

	private final Random random;

	Identifiers(Random random) {
		this.random = random;
	}

	// The hyphen and six characters that complete an ARN.
	synchronized String arnSuffix() {
		StringBuilder suffix = new StringBuilder("-");
		for (int i = 0; i < SUFFIX_LENGTH; i++) {
			suffix.append(ALPHABET.charAt(this.random.nextInt(ALPHABET.length())));
		}
		return suffix.toString();
	}

	synchronized String uuid() {
		byte[] bytes = new byte[16];
		this.random.nextBytes(bytes);
		return UUID.nameUUIDFromBytes(bytes).toString();
	}

}
