package io.github.awssecrets.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Values that tests use as secrets: unique per secret and version, and recognizable
 * wherever they leak to. Each is one word, the {@linkplain #MARKER marker}, a digest of
 * the secret and version, and another word. The words survive every escaping and any
 * parser that splits at the marker's special characters.
 */
public final class Canary {

	/**
	 * What every canary value contains. Its URL, JSON and HTML forms differ from the
	 * plain one.
	 */
	public static final String MARKER = "Zq7/c4n\"ry+";

	static final String HEAD = "Zk4tHb9x";

	static final String TAIL = "Zm2pQd7v";

	/** What gives a canary value away, even when only a part of it leaks. */
	static final List<String> FRAGMENTS = List.of(HEAD, MARKER, TAIL);

	private static final int DIGEST_BYTES = 6;

	private Canary() {
	}

	/**
	 * Return the canary value of a secret's version. Equal arguments give equal values.
	 * @param secretId the secret, or the secret and a key of it
	 * @param version the version: a number, a version id or a stage
	 * @return text of 39 ASCII characters, among them {@code /}, {@code "} and {@code +}
	 */
	public static String value(String secretId, Object version) {
		return HEAD + MARKER + digest(secretId + '\0' + version) + TAIL;
	}

	/**
	 * Return a JSON secret with a canary value for each key. The value of a key is
	 * {@code value(secretId + "." + key, version)}.
	 * @param secretId the secret
	 * @param version the version: a number, a version id or a stage
	 * @param keys the top-level keys, in order; plain ones that need no JSON escape
	 * @return the text of a JSON object
	 */
	public static String json(String secretId, Object version, String... keys) {
		StringBuilder json = new StringBuilder("{");
		for (String key : keys) {
			json.append((json.length() > 1) ? "," : "");
			json.append('"').append(key).append("\":\"");
			json.append(value(secretId + "." + key, version).replace("\"", "\\\"")).append('"');
		}
		return json.append('}').toString();
	}

	/**
	 * Tell whether a text contains a canary value, or a telling part of one, in any
	 * {@link CanaryForm}. For assertions that must not show the text when they fail.
	 * @param text the text
	 * @return whether it leaks
	 */
	public static boolean isIn(CharSequence text) {
		return !CanaryScanner.scan("text", text).isEmpty();
	}

	private static String digest(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
