package io.github.awssecrets.ssl;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.credentials.RejectedCredentialsException;
import io.github.awssecrets.testing.ServerProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KeyPairs}, with key stores as {@code keytool} makes them.
 */
class KeyPairsTests {

	private static final String PASSWORD = "changeit";

	private static final Map<String, KeyStore> STORES = new HashMap<>();

	@TempDir
	private static Path directory;

	private final KeyPairs pairs = new KeyPairs(Clock.systemUTC());

	@ParameterizedTest
	@ValueSource(strings = { "RSA", "RSASSA-PSS", "EC", "DSA", "Ed25519", "Ed448" })
	void pairWhenKeyIsThatOfTheCertificateIsTaken(String algorithm) throws Exception {
		KeyStore store = keyStore(algorithm, 1);
		assertThatCode(() -> this.pairs.check(store, PASSWORD)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "RSA, RSA", "RSASSA-PSS, RSASSA-PSS", "EC, EC", "DSA, DSA", "Ed25519, Ed25519", "Ed25519, Ed448",
			"RSA, RSASSA-PSS", "RSASSA-PSS, RSA", "RSA, EC", "EC, Ed25519" })
	void pairWhenKeyIsAnotherOneIsRejected(String algorithm, String other) throws Exception {
		KeyStore store = together(key(keyStore(algorithm, 1)), keyStore(other, 2).getCertificate("ssl"));
		assertThatExceptionOfType(RejectedCredentialsException.class)
			.isThrownBy(() -> this.pairs.check(store, PASSWORD))
			.withMessage("the private key is not that of the certificate");
	}

	/* A program for each takes time */
	private static KeyStore keyStore(String algorithm, int number) throws Exception {
		String name = algorithm + number;
		KeyStore known = STORES.get(name);
		if (known == null) {
			known = create(algorithm, directory.resolve(name));
			STORES.put(name, known);
		}
		return known;
	}

	private static KeyStore create(String algorithm, Path file) throws Exception {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "ssl",
				"-keyalg", algorithm, "-dname", "CN=localhost", "-keystore", file.toString(), "-storepass", PASSWORD));
		if (algorithm.startsWith("RSA")) {
			command.addAll(List.of("-keysize", "2048"));
		}
		ServerProcess.run(Map.of(), command.toArray(String[]::new));
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(file)) {
			store.load(content, PASSWORD.toCharArray());
		}
		return store;
	}

	private static Key key(KeyStore store) throws Exception {
		return store.getKey("ssl", PASSWORD.toCharArray());
	}

	private static KeyStore together(Key key, Certificate certificate) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("ssl", key, PASSWORD.toCharArray(), new Certificate[] { certificate });
		return store;
	}

}
