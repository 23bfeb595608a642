package io.github.awssecrets.embedded.rotation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A certificate for TLS that its own key has signed, and that key, as PEM text: what a
 * secret holds, for development and tests. The key is new each time.
 */
public final class SelfSignedCertificate {

	private static final Duration VALIDITY = Duration.ofDays(30);

	/* For clocks that are not quite right */
	private static final Duration MARGIN = Duration.ofHours(1);

	private static final int SERIAL_BYTES = 8;

	private final String certificate;

	private final String privateKey;

	private final String serialNumber;

	private SelfSignedCertificate(String certificate, String privateKey, String serialNumber) {
		this.certificate = certificate;
		this.privateKey = privateKey;
		this.serialNumber = serialNumber;
	}

	/**
	 * Create a certificate that is valid for 30 days.
	 * @param host the name of the server or the client; servers are also known as
	 * 127.0.0.1
	 * @return the certificate
	 */
	public static SelfSignedCertificate of(String host) {
		Instant now = Clock.systemUTC().instant();
		return of(host, now.minus(MARGIN), now.plus(VALIDITY));
	}

	/**
	 * Create a certificate.
	 * @param host the name of the server or the client; servers are also known as
	 * 127.0.0.1
	 * @param from when it begins to be valid, to the second
	 * @param until when it expires, to the second; before the year 2050
	 * @return the certificate
	 */
	public static SelfSignedCertificate of(String host, Instant from, Instant until) {
		try {
			SecureRandom random = new SecureRandom();
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"), random);
			KeyPair keys = generator.generateKeyPair();
			byte[] serial = new byte[SERIAL_BYTES];
			random.nextBytes(serial);
			serial[0] = 1;
			byte[] content = Der.certificateContent(serial, host, from, until, keys.getPublic().getEncoded());
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(keys.getPrivate(), random);
			signature.update(content);
			return new SelfSignedCertificate(pem("CERTIFICATE", Der.signed(content, signature.sign())),
					pem("PRIVATE KEY", keys.getPrivate().getEncoded()), HexFormat.of().formatHex(serial));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This JDK cannot make a certificate", ex);
		}
	}

	private static String pem(String label, byte[] content) {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label);
	}

	/**
	 * The certificate.
	 * @return PEM text
	 */
	public String certificate() {
		return this.certificate;
	}

	/**
	 * Its key. Keep it to yourself.
	 * @return PEM text of PKCS #8
	 */
	public String privateKey() {
		return this.privateKey;
	}

	/**
	 * The serial number, which differs each time and tells certificates apart.
	 * @return hexadecimal digits
	 */
	public String serialNumber() {
		return this.serialNumber;
	}

	/**
	 * Both as a JSON secret.
	 * @return an object with the keys {@code certificate} and {@code private-key}
	 */
	public String toJson() {
		return "{\"certificate\":\"%s\",\"private-key\":\"%s\"}".formatted(escape(this.certificate),
				escape(this.privateKey));
	}

	private static String escape(String pem) {
		return pem.replace("\n", "\\n");
	}

	@Override
	public String toString() {
		return "SelfSignedCertificate[%s]".formatted(this.serialNumber);
	}

}
