package io.github.awssecrets.ssl;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.Provider;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

import org.jspecify.annotations.Nullable;

/**
 * Factories that give one manager, whatever they are initialized with.
 */
final class ManagerFactories {

	private ManagerFactories() {
	}

	static KeyManagerFactory of(KeyManager manager, KeyManagerFactory like) {
		return new FixedKeyManagerFactory(manager, like.getProvider(), like.getAlgorithm());
	}

	static TrustManagerFactory of(TrustManager manager, TrustManagerFactory like) {
		return new FixedTrustManagerFactory(manager, like.getProvider(), like.getAlgorithm());
	}

	private static final class FixedKeyManagerFactory extends KeyManagerFactory {

		FixedKeyManagerFactory(KeyManager manager, Provider provider, String algorithm) {
			super(new KeyManagerFactorySpi() {

				@Override
				protected void engineInit(@Nullable KeyStore keyStore, char @Nullable [] password) {
				}

				@Override
				protected void engineInit(ManagerFactoryParameters parameters)
						throws InvalidAlgorithmParameterException {
					throw new InvalidAlgorithmParameterException("Not supported");
				}

				@Override
				protected KeyManager[] engineGetKeyManagers() {
					return new KeyManager[] { manager };
				}

			}, provider, algorithm);
		}

	}

	private static final class FixedTrustManagerFactory extends TrustManagerFactory {

		FixedTrustManagerFactory(TrustManager manager, Provider provider, String algorithm) {
			super(new TrustManagerFactorySpi() {

				@Override
				protected void engineInit(@Nullable KeyStore keyStore) {
				}

				@Override
				protected void engineInit(ManagerFactoryParameters parameters)
						throws InvalidAlgorithmParameterException {
					throw new InvalidAlgorithmParameterException("Not supported");
				}

				@Override
				protected TrustManager[] engineGetTrustManagers() {
					return new TrustManager[] { manager };
				}

			}, provider, algorithm);
		}

	}

}
