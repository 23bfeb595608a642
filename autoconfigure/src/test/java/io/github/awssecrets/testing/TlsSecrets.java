package io.github.awssecrets.testing;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;

/**
 * Certificates and keys as secrets hold them. Each key has a canary value before its
 * text, where whoever reads PEM text skips it.
 */
public final class TlsSecrets {

	private TlsSecrets() {
	}

	/**
	 * Return a JSON secret of a certificate and its key.
	 * @param certificate both
	 * @return an object with the keys {@code certificate} and {@code private-key}
	 */
	public static String pair(SelfSignedCertificate certificate) {
		return pair(certificate, certificate);
	}

	/**
	 * Return a JSON secret of a certificate and a key.
	 * @param certificate the certificate
	 * @param key the key
	 * @return an object with the keys {@code certificate} and {@code private-key}
	 */
	public static String pair(SelfSignedCertificate certificate, SelfSignedCertificate key) {
		return json(certificate.certificate(),
				Canary.value("private-key", key.serialNumber()) + "\n" + key.privateKey());
	}

	/**
	 * Return a JSON secret of any texts.
	 * @param certificate the text of the certificate
	 * @param key the text of the key
	 * @return an object with the keys {@code certificate} and {@code private-key}
	 */
	public static String json(String certificate, String key) {
		return "{\"certificate\":\"%s\",\"private-key\":\"%s\"}".formatted(escape(certificate), escape(key));
	}

	/**
	 * Return a JSON secret of certificates to trust.
	 * @param trusted the certificates
	 * @return an object with the key {@code certificates}
	 */
	public static String trust(SelfSignedCertificate... trusted) {
		return "{\"certificates\":\"%s\"}".formatted(escape(
				Arrays.stream(trusted).map(SelfSignedCertificate::certificate).collect(Collectors.joining("\n"))));
	}

	private static String escape(String text) {
		return text.replace("\"", "\\\"").replace("\n", "\\n");
	}

}
