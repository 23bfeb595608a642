package io.github.awssecrets.retrieval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.awssecrets.reference.SecretContent;
import io.github.awssecrets.reference.SecretSelector;

/**
 * Version ids for secrets that have none: equal for equal contents of one secret, and
 * different otherwise. They are made with a random key of this object, so that they do
 * not let anybody guess at the content.
 */
final class ContentVersions {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int KEY_BYTES = 32;

	private static final long VERSION_BITS = 0xF000L;

	/* RFC 9562: version 8, for ids of one's own making */
	private static final long VERSION = 0x8000L;

	private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private final SecretKeySpec key;

	ContentVersions() {
		byte[] bytes = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(bytes);
		this.key = new SecretKeySpec(bytes, ALGORITHM);
	}

	String id(SecretSelector selector, SecretContent content) {
		String text = "%s\n%s\n%s\n%s".formatted(selector.region(), selector.id(), content.isBinary(), content.whole());
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
			return new UUID((digest.getLong() & ~VERSION_BITS) | VERSION, (digest.getLong() & ~VARIANT_BITS) | VARIANT)
				.toString();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has " + ALGORITHM, ex);
		}
	}

}
