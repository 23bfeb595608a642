package io.github.awssecrets.ssl;

import java.util.List;

import io.github.awssecrets.credentials.CredentialConsumer;
import io.github.awssecrets.credentials.RejectedCredentialsException;
import io.github.awssecrets.env.SecretsEnvironment;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.io.ResourceLoader;

/**
 * Updates one SSL bundle when its certificates or keys are rotated, and rejects those
 * that no handshake would succeed with.
 */
final class SslBundleConsumer implements CredentialConsumer<PemSslBundleProperties> {

	private static final Log logger = LogFactory.getLog(SslBundleConsumer.class);

	private final String name;

	private final ConfigurationPropertyName prefix;

	private final SslBundleRegistry registry;

	private final RotatingSslBundle bundle;

	private final SecretsEnvironment secrets;

	private final ResourceLoader resources;

	private final KeyPairs keyPairs;

	private boolean started;

	SslBundleConsumer(String name, ConfigurationPropertyName prefix, SslBundleRegistry registry,
			RotatingSslBundle bundle, SecretsEnvironment secrets, ResourceLoader resources, KeyPairs keyPairs) {
		this.name = name;
		this.prefix = prefix;
		this.registry = registry;
		this.bundle = bundle;
		this.secrets = secrets;
		this.resources = resources;
		this.keyPairs = keyPairs;
	}

	@Override
	public String prefix() {
		return this.prefix.toString();
	}

	@Override
	public Class<PemSslBundleProperties> type() {
		return PemSslBundleProperties.class;
	}

	@Override
	public void check(PemSslBundleProperties properties) {
		List<ConfigurationPropertyName> texts = PemTexts.missing(this.secrets, this.prefix);
		if (!texts.isEmpty()) {
			throw new RejectedCredentialsException("'%s' is no PEM text".formatted(texts.get(0)));
		}
		check(read(properties));
	}

	private SslBundle read(PemSslBundleProperties properties) {
		try {
			SslBundle read = PropertiesSslBundle.get(properties, this.resources);
			// Read when they are first asked for
			read.getStores().getKeyStore();
			read.getStores().getTrustStore();
			return read;
		}
		catch (RuntimeException ex) {
			// Its message may show a value
			throw new RejectedCredentialsException(
					"the PEM text under '%s' cannot be read (%s)".formatted(this.prefix, ex.getClass().getName()));
		}
	}

	private void check(SslBundle read) {
		this.keyPairs.check(read.getStores().getKeyStore(), read.getKey().getPassword());
	}

	@Override
	public void accept(PemSslBundleProperties properties) {
		if (!this.started) {
			this.started = true;
			warn();
			return;
		}
		this.bundle.update(read(properties));
		this.registry.updateBundle(this.name, this.bundle);
	}

	/* Boot starts with such a bundle, and so do we */
	private void warn() {
		try {
			check(this.bundle);
		}
		catch (RejectedCredentialsException ex) {
			logger.warn("SSL bundle '%s' cannot be used: %s. Put a valid certificate and its key into the secret."
				.formatted(this.name, ex.getMessage()));
		}
	}

}
