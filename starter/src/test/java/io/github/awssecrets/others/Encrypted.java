package io.github.awssecrets.others;

import org.jasypt.encryption.pbe.StandardPBEStringEncryptor;
import org.jasypt.iv.RandomIvGenerator;

/**
 * Texts as people encrypt them for Jasypt, with the algorithm that it decrypts with by
 * default.
 */
final class Encrypted {

	/**
	 * The password.
	 */
	static final String KEY = "a key of the test";

	private Encrypted() {
	}

	static String of(String text) {
		StandardPBEStringEncryptor encryptor = new StandardPBEStringEncryptor();
		encryptor.setAlgorithm("PBEWITHHMACSHA512ANDAES_256");
		encryptor.setIvGenerator(new RandomIvGenerator());
		encryptor.setPassword(KEY);
		return "ENC(" + encryptor.encrypt(text) + ")";
	}

}
