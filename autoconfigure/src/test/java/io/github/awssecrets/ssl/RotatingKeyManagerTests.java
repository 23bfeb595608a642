package io.github.awssecrets.ssl;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;

import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RotatingKeyManager} while a handshake is under way.
 */
class RotatingKeyManagerTests {

	private final SelfSignedCertificate first = SelfSignedCertificate.of("localhost");

	private final SelfSignedCertificate second = SelfSignedCertificate.of("localhost");

	private final RotatingKeyManager manager = new RotatingKeyManager();

	@Test
	void keyAndCertificateWhenKeysAreReplacedMeanwhileAreThoseOfTheAlias() {
		this.manager.update(managers(this.first));
		String alias = this.manager.chooseServerAlias("EC", null, null);
		PrivateKey key = this.manager.getPrivateKey(alias);
		this.manager.update(managers(this.second));
		assertThat(serial(alias)).isEqualTo(serial(this.first));
		assertThat(this.manager.getPrivateKey(alias)).isEqualTo(key);
		String next = this.manager.chooseEngineServerAlias("EC", null, null);
		assertThat(serial(next)).isEqualTo(serial(this.second));
		assertThat(this.manager.getPrivateKey(next)).isNotEqualTo(key);
	}

	@Test
	void keyWhenReplacedTwiceIsGone() {
		this.manager.update(managers(this.first));
		String alias = this.manager.chooseServerAlias("EC", null, null);
		this.manager.update(managers(this.second));
		this.manager.update(managers(this.second));
		assertThat(this.manager.getPrivateKey(alias)).isNull();
		assertThat(this.manager.getCertificateChain(alias)).isNull();
	}

	@Test
	void aliasesWhenListedCanBeUsed() {
		this.manager.update(managers(this.first));
		assertThat(this.manager.getServerAliases("EC", null)).singleElement()
			.satisfies((alias) -> assertThat(serial(alias)).isEqualTo(serial(this.first)));
		assertThat(this.manager.getClientAliases("EC", null)).singleElement()
			.satisfies((alias) -> assertThat(this.manager.getPrivateKey(alias)).isNotNull());
		assertThat(this.manager.chooseClientAlias(new String[] { "RSA" }, null, null)).isNull();
		assertThat(this.manager.chooseEngineClientAlias(new String[] { "EC" }, null, null)).isNotNull();
	}

	@Test
	void managerWhenThereAreNoKeysHasNone() {
		assertThat(this.manager.chooseServerAlias("EC", null, null)).isNull();
		assertThat(this.manager.getServerAliases("EC", null)).isNull();
		assertThat(this.manager.getPrivateKey(null)).isNull();
		assertThat(this.manager.getCertificateChain("1/ssl")).isNull();
	}

	private String serial(String alias) {
		X509Certificate[] chain = this.manager.getCertificateChain(alias);
		return chain[0].getSerialNumber().toString(16);
	}

	private static String serial(SelfSignedCertificate certificate) {
		return new BigInteger(certificate.serialNumber(), 16).toString(16);
	}

	private static KeyManager[] managers(SelfSignedCertificate certificate) {
		PemSslStore store = PemSslStore.load(
				PemSslStoreDetails.forCertificate(certificate.certificate()).withPrivateKey(certificate.privateKey()));
		return SslManagerBundle.from(new PemSslStoreBundle(store, null), SslBundleKey.NONE).getKeyManagers();
	}

}
