package io.github.awssecrets.embedded.rotation;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SelfSignedCertificate}, with the JDK as the judge.
 */
class SelfSignedCertificateTests {

	private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");

	private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

	@Test
	void certificateWhenReadHasHostTimesAndItsOwnSignature() throws Exception {
		SelfSignedCertificate made = SelfSignedCertificate.of("orders.example.com", FROM, UNTIL);
		X509Certificate certificate = read(made);
		certificate.verify(certificate.getPublicKey());
		assertThat(certificate.getVersion()).isEqualTo(3);
		assertThat(certificate.getSubjectX500Principal()).hasToString("CN=orders.example.com")
			.isEqualTo(certificate.getIssuerX500Principal());
		assertThat(certificate.getNotBefore().toInstant()).isEqualTo(FROM);
		assertThat(certificate.getNotAfter().toInstant()).isEqualTo(UNTIL);
		assertThat(certificate.getSerialNumber()).isPositive().hasToString(decimal(made.serialNumber()));
		assertThat(certificate.getSubjectAlternativeNames()).containsExactlyInAnyOrder(List.of(2, "orders.example.com"),
				List.of(7, "127.0.0.1"));
	}

	@Test
	void certificateWhenMadeNowIsValid() throws Exception {
		read(SelfSignedCertificate.of("localhost")).checkValidity();
	}

	@Test
	void privateKeyWhenUsedSignsForTheCertificate() throws Exception {
		SelfSignedCertificate made = SelfSignedCertificate.of("localhost");
		byte[] key = Base64.getMimeDecoder().decode(made.privateKey().replaceAll("-----.*-----", ""));
		PrivateKey privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(privateKey);
		signature.update(key);
		byte[] signed = signature.sign();
		signature.initVerify(read(made));
		signature.update(key);
		assertThat(signature.verify(signed)).isTrue();
	}

	@Test
	void certificateWhenMadeTwiceDiffers() {
		SelfSignedCertificate one = SelfSignedCertificate.of("localhost");
		SelfSignedCertificate other = SelfSignedCertificate.of("localhost");
		assertThat(one.serialNumber()).isNotEqualTo(other.serialNumber());
		assertThat(one.privateKey().equals(other.privateKey())).isFalse();
	}

	@Test
	void toStringWhenCalledShowsNoKey() {
		SelfSignedCertificate made = SelfSignedCertificate.of("localhost");
		assertThat(made).hasToString("SelfSignedCertificate[" + made.serialNumber() + "]");
	}

	private static String decimal(String hexadecimal) {
		return new BigInteger(hexadecimal, 16).toString();
	}

	private static X509Certificate read(SelfSignedCertificate made) throws Exception {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(made.certificate().getBytes(StandardCharsets.US_ASCII)));
	}

}
