package io.github.awssecrets.ssl;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * A trust manager whose trusted certificates can be replaced. Each check is made with
 * those of one moment. Safe for use by several threads.
 */
final class RotatingTrustManager extends X509ExtendedTrustManager {

	private volatile @Nullable X509ExtendedTrustManager current;

	/**
	 * Trust other certificates from now on.
	 * @param managers the managers, of which the first one that knows X.509 is used
	 */
	void update(TrustManager[] managers) {
		this.current = Arrays.stream(managers)
			.filter(X509ExtendedTrustManager.class::isInstance)
			.map(X509ExtendedTrustManager.class::cast)
			.findFirst()
			.orElse(null);
	}

	private X509ExtendedTrustManager current() throws CertificateException {
		X509ExtendedTrustManager manager = this.current;
		if (manager == null) {
			throw new CertificateException("This SSL bundle has no trust manager for X.509");
		}
		return manager;
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		current().checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		current().checkClientTrusted(chain, authType, socket);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		current().checkClientTrusted(chain, authType, engine);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		current().checkServerTrusted(chain, authType);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		current().checkServerTrusted(chain, authType, socket);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		current().checkServerTrusted(chain, authType, engine);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		X509ExtendedTrustManager manager = this.current;
		return (manager != null) ? manager.getAcceptedIssuers() : new X509Certificate[0];
	}

}
