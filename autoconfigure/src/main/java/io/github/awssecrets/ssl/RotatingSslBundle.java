package io.github.awssecrets.ssl;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * An SSL bundle whose certificates and keys can be replaced. Its stores are those of the
 * moment, for who makes a new SSL context when told of an update; its managers stay, for
 * who makes one once. Safe for use by several threads.
 */
final class RotatingSslBundle implements SslBundle {

	private final RotatingManagers managers;

	private volatile SslBundle current;

	RotatingSslBundle(SslBundle first) {
		this.managers = new RotatingManagers(first.getManagers());
		this.current = first;
	}

	void update(SslBundle next) {
		this.current = next;
		this.managers.update(next.getManagers());
	}

	@Override
	public SslStoreBundle getStores() {
		return this.current.getStores();
	}

	@Override
	public SslBundleKey getKey() {
		return this.current.getKey();
	}

	@Override
	public SslOptions getOptions() {
		return this.current.getOptions();
	}

	@Override
	public String getProtocol() {
		return this.current.getProtocol();
	}

	@Override
	public SslManagerBundle getManagers() {
		return this.managers;
	}

	@Override
	public String toString() {
		return "RotatingSslBundle[%s]".formatted(this.current);
	}

}
