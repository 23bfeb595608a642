package io.github.awssecrets.sample.web;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collections;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The certificate that the page is served with. Certificates are public, their keys are
 * not.
 */
@Component
class ServerCertificate {

	private final SslBundles bundles;

	private final @Nullable String bundle;

	ServerCertificate(SslBundles bundles, Environment environment) {
		this.bundles = bundles;
		this.bundle = environment.getProperty("server.ssl.bundle");
	}

	/**
	 * Describe the certificate that new connections get.
	 * @return its serial number and when it expires, or that there is none
	 */
	String describe() {
		KeyStore store = (this.bundle != null) ? this.bundles.getBundle(this.bundle).getStores().getKeyStore() : null;
		if (store == null) {
			return "none, the page is served without TLS";
		}
		try {
			for (String alias : Collections.list(store.aliases())) {
				if (store.getCertificate(alias) instanceof X509Certificate certificate) {
					return "serial number %s, valid until %s".formatted(certificate.getSerialNumber().toString(16),
							certificate.getNotAfter().toInstant());
				}
			}
			return "none";
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
