package io.github.awssecrets.ssl;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;

import io.github.awssecrets.credentials.RejectedCredentialsException;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a server or client can use the keys of a key store: each belongs to its
 * certificate, which is valid now. Of a chain, only the first certificate counts: those
 * after it may be there for clients that trust others.
 */
final class KeyPairs {

	private static final String PSS = "RSASSA-PSS";

	private static final byte[] SAMPLE = { 1, 2, 3 };

	private final Clock clock;

	KeyPairs(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Check all keys.
	 * @param store the key store, or {@code null}
	 * @param password the password of its keys, or {@code null}
	 * @throws RejectedCredentialsException if one of them cannot be used
	 */
	void check(@Nullable KeyStore store, @Nullable String password) {
		if (store == null) {
			return;
		}
		try {
			char[] characters = (password != null) ? password.toCharArray() : new char[0];
			for (String alias : Collections.list(store.aliases())) {
				Key key = store.isKeyEntry(alias) ? store.getKey(alias, characters) : null;
				Certificate certificate = store.getCertificate(alias);
				if (key instanceof PrivateKey privateKey && certificate instanceof X509Certificate x509) {
					check(privateKey, x509);
				}
			}
		}
		catch (GeneralSecurityException ex) {
			throw new RejectedCredentialsException(
					"its key store cannot be read (%s)".formatted(ex.getClass().getName()));
		}
	}

	private void check(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
		Instant now = this.clock.instant();
		Instant from = certificate.getNotBefore().toInstant();
		Instant until = certificate.getNotAfter().toInstant();
		if (now.isAfter(until)) {
			throw new RejectedCredentialsException("the certificate expired at " + until);
		}
		if (now.isBefore(from)) {
			throw new RejectedCredentialsException("the certificate is not valid before " + from);
		}
		if (!isPair(key, certificate.getPublicKey())) {
			throw new RejectedCredentialsException("the private key is not that of the certificate");
		}
	}

	private static boolean isPair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
		String algorithm = algorithm(key.getAlgorithm());
		if (!algorithm.equals(algorithm(publicKey.getAlgorithm()))) {
			return false;
		}
		Signature signature = Signature.getInstance(algorithm);
		try {
			if (algorithm.equals(PSS)) {
				signature.setParameter(parameters(key, publicKey));
			}
			signature.initSign(key);
			signature.update(SAMPLE);
			byte[] signed = signature.sign();
			signature.initVerify(publicKey);
			signature.update(SAMPLE);
			return signature.verify(signed);
		}
		catch (InvalidKeyException | SignatureException ex) {
			return false;
		}
	}

	/* A key may be for certain parameters only */
	private static AlgorithmParameterSpec parameters(Key... keys) {
		for (Key key : keys) {
			if (key instanceof RSAKey rsa && rsa.getParams() != null) {
				return rsa.getParams();
			}
		}
		return new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
	}

	private static String algorithm(String key) {
		return switch (key) {
			// Takes keys of both kinds; SHA256withRSA refuses one with parameters of PSS
			case "RSA", PSS -> PSS;
			case "EC" -> "SHA256withECDSA";
			case "DSA" -> "SHA256withDSA";
			default -> key;
		};
	}

}
