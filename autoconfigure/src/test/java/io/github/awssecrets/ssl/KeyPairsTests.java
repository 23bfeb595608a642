package io.github.awssecrets.ssl;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Clock;

import io.github.awssecrets.credentials.RejectedCredentialsException;
import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeyPairs}, with all kinds of keys that this JDK can make.
 */
class KeyPairsTests {

	private static final String FOR_SHA_384 = "RSASSA-PSS for SHA-384";

	private static final String PASSWORD = "changeit";

	private final KeyPairs pairs = new KeyPairs(Clock.systemUTC());

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "RSASSA-PSS", FOR_SHA_384, "EC", "DSA", "Ed25519", "Ed448" })
	void pairWhenKeyIsThatOfTheCertificateIsTaken(String kind) throws Exception {
		KeyPair keys = keys(kind);
		KeyStore store = store(keys, keys);
		assertThat(store.isKeyEntry("ssl")).isTrue();
		assertThatCode(() -> this.pairs.check(store, PASSWORD)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "RSA, RSA", "RSASSA-PSS, RSASSA-PSS", FOR_SHA_384 + "," + FOR_SHA_384, FOR_SHA_384 + ", RSASSA-PSS",
			"EC, EC", "DSA, DSA", "Ed25519, Ed25519", "Ed25519, Ed448", "RSA, RSASSA-PSS", "RSASSA-PSS, RSA", "RSA, EC",
			"EC, Ed25519" })
	void pairWhenKeyIsAnotherOneIsRejected(String kind, String other) throws Exception {
		KeyStore store = store(keys(kind), keys(other));
		assertThatExceptionOfType(RejectedCredentialsException.class)
			.isThrownBy(() -> this.pairs.check(store, PASSWORD))
			.withMessage("the private key is not that of the certificate");
	}

	private static KeyPair keys(String kind) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.equals(FOR_SHA_384) ? "RSASSA-PSS" : kind);
		if (kind.equals(FOR_SHA_384)) {
			generator.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4,
					new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1)));
		}
		return generator.generateKeyPair();
	}

	private static KeyStore store(KeyPair keys, KeyPair certified) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("ssl", keys.getPrivate(), PASSWORD.toCharArray(),
				new Certificate[] { certificate(certified.getPublic()) });
		return store;
	}

	/* Nobody checks its signature, which is that of another key's certificate */
	private static X509Certificate certificate(PublicKey key) throws GeneralSecurityException {
		X509Certificate template = parse(
				SelfSignedCertificate.of("localhost").certificate().getBytes(StandardCharsets.US_ASCII));
		String signed = text(template.getTBSCertificate());
		String all = text(template.getEncoded());
		String signature = all.substring(all.indexOf(signed) + signed.length());
		String content = signed.substring((signed.charAt(1) < 0x80) ? 2 : 2 + (signed.charAt(1) & 0x7f));
		String replaced = content.replace(text(template.getPublicKey().getEncoded()), text(key.getEncoded()));
		X509Certificate certificate = parse(
				sequence(sequence(replaced) + signature).getBytes(StandardCharsets.ISO_8859_1));
		assertThat(certificate.getPublicKey()).isEqualTo(key);
		return certificate;
	}

	private static X509Certificate parse(byte[] content) throws GeneralSecurityException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(content));
	}

	private static String text(byte[] content) {
		return new String(content, StandardCharsets.ISO_8859_1);
	}

	/* In DER */
	private static String sequence(String content) {
		int length = content.length();
		if (length < 0x80) {
			return "0" + (char) length + content;
		}
		return (length <= 0xff) ? "0\u0081" + (char) length + content
				: "0\u0082" + (char) (length >> 8) + (char) (length & 0xff) + content;
	}

}
