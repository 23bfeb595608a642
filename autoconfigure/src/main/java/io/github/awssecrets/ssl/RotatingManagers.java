package io.github.awssecrets.ssl;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManagerFactory;

import org.springframework.boot.ssl.SslManagerBundle;

/**
 * Key and trust managers that stay the same objects through rotations: a client or server
 * made from them uses the new certificates in its next handshake. Safe for use by several
 * threads.
 */
final class RotatingManagers implements SslManagerBundle {

	/**
	 * Seconds from the handshake that showed certificates until a session ends. An update
	 * ends those it finds, but a handshake that was under way, or a ticket that a client
	 * reads later, still brings in one with the certificates of before.
	 */
	private static final int SESSION_TIMEOUT = 10;

	private final RotatingKeyManager keys = new RotatingKeyManager();

	private final RotatingTrustManager trust = new RotatingTrustManager();

	private final KeyManagerFactory keyManagerFactory;

	private final TrustManagerFactory trustManagerFactory;

	private final Set<SSLContext> contexts = Collections.newSetFromMap(new WeakHashMap<>());

	RotatingManagers(SslManagerBundle first) {
		this.keyManagerFactory = ManagerFactories.of(this.keys, first.getKeyManagerFactory());
		this.trustManagerFactory = ManagerFactories.of(this.trust, first.getTrustManagerFactory());
		update(first);
	}

	@Override
	public KeyManagerFactory getKeyManagerFactory() {
		return this.keyManagerFactory;
	}

	@Override
	public TrustManagerFactory getTrustManagerFactory() {
		return this.trustManagerFactory;
	}

	@Override
	public SSLContext createSslContext(String protocol) {
		SSLContext context = SslManagerBundle.super.createSslContext(protocol);
		context.getClientSessionContext().setSessionTimeout(SESSION_TIMEOUT);
		context.getServerSessionContext().setSessionTimeout(SESSION_TIMEOUT);
		synchronized (this.contexts) {
			this.contexts.add(context);
		}
		return context;
	}

	void update(SslManagerBundle next) {
		this.trust.update(next.getTrustManagers());
		this.keys.update(next.getKeyManagers());
		List<SSLContext> all;
		synchronized (this.contexts) {
			all = List.copyOf(this.contexts);
		}
		for (SSLContext context : all) {
			endResumption(context.getClientSessionContext());
			endResumption(context.getServerSessionContext());
		}
	}

	/* A connection that resumes a session presents no certificate. Open ones go on. */
	private static void endResumption(SSLSessionContext sessions) {
		for (byte[] id : Collections.list(sessions.getIds())) {
			SSLSession session = sessions.getSession(id);
			if (session != null) {
				session.invalidate();
			}
		}
	}

}
