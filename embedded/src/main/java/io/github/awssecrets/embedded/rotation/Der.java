package io.github.awssecrets.embedded.rotation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The encoding of X.509 certificates (RFC 5280), as far as one needs it that is signed
 * with ECDSA and SHA-256.
 */
final class Der {

	private static final int INTEGER = 0x02;

	private static final int BIT_STRING = 0x03;

	private static final int OCTET_STRING = 0x04;

	private static final int UTF8_STRING = 0x0c;

	private static final int UTC_TIME = 0x17;

	private static final int SEQUENCE = 0x30;

	private static final int SET = 0x31;

	private static final int DNS_NAME = 0x82;

	private static final int IP_ADDRESS = 0x87;

	private static final int VERSION = 0xa0;

	private static final int EXTENSIONS = 0xa3;

	private static final byte[] ECDSA_WITH_SHA256 = { 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04,
			0x03, 0x02 };

	private static final byte[] COMMON_NAME = { 0x06, 0x03, 0x55, 0x04, 0x03 };

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = { 0x06, 0x03, 0x55, 0x1d, 0x11 };

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private Der() {
	}

	/**
	 * Encode what is signed.
	 * @param serial the serial number, positive
	 * @param host the name of subject and issuer
	 * @param from when it begins to be valid
	 * @param until when it expires
	 * @param publicKey the encoded public key
	 * @return a TBSCertificate
	 */
	static byte[] certificateContent(byte[] serial, String host, Instant from, Instant until, byte[] publicKey) {
		byte[] name = encode(SEQUENCE,
				encode(SET, encode(SEQUENCE, COMMON_NAME, encode(UTF8_STRING, host.getBytes(StandardCharsets.UTF_8)))));
		byte[] alternativeNames = encode(SEQUENCE, encode(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII)),
				encode(IP_ADDRESS, LOOPBACK));
		return encode(SEQUENCE, encode(VERSION, encode(INTEGER, new byte[] { 2 })), encode(INTEGER, serial),
				encode(SEQUENCE, ECDSA_WITH_SHA256), name, encode(SEQUENCE, time(from), time(until)), name, publicKey,
				encode(EXTENSIONS, encode(SEQUENCE,
						encode(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, encode(OCTET_STRING, alternativeNames)))));
	}

	/**
	 * Encode a certificate.
	 * @param content what is signed
	 * @param signature the signature
	 * @return the certificate
	 */
	static byte[] signed(byte[] content, byte[] signature) {
		return encode(SEQUENCE, content, encode(SEQUENCE, ECDSA_WITH_SHA256),
				encode(BIT_STRING, new byte[] { 0 }, signature));
	}

	private static byte[] time(Instant instant) {
		return encode(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] encode(int tag, byte[]... contents) {
		int length = 0;
		for (byte[] content : contents) {
			length += content.length;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		if (length >= 0x100) {
			out.write(0x82);
			out.write(length >> 8);
		}
		else if (length >= 0x80) {
			out.write(0x81);
		}
		out.write(length & 0xff);
		for (byte[] content : contents) {
			out.writeBytes(content);
		}
		return out.toByteArray();
	}

}
