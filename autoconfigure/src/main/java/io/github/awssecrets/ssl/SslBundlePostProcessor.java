package io.github.awssecrets.ssl;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.awssecrets.credentials.CredentialConsumers;
import io.github.awssecrets.env.SecretsEnvironment;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has each PEM bundle of Spring Boot's properties whose certificates or keys come from
 * secrets follow their rotations, before anything uses it.
 */
public final class SslBundlePostProcessor implements BeanPostProcessor {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("spring.ssl.bundle.pem");

	private final ConfigurableApplicationContext context;

	private final ObjectProvider<CredentialConsumers> consumers;

	private final KeyPairs keyPairs = new KeyPairs(Clock.systemUTC());

	/**
	 * Create a post-processor.
	 * @param context the context, whose Environment has the secrets
	 * @param consumers is told what to give to the bundles
	 */
	public SslBundlePostProcessor(ConfigurableApplicationContext context,
			ObjectProvider<CredentialConsumers> consumers) {
		this.context = context;
		this.consumers = consumers;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof SslProperties properties) {
			SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
			for (ConfigurationPropertyName prefix : prefixes(properties, secrets).values()) {
				List<ConfigurationPropertyName> missing = PemTexts.missing(Objects.requireNonNull(secrets), prefix);
				if (!missing.isEmpty()) {
					throw new SslSecretException(missing.get(0));
				}
			}
		}
		return bean;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof SslBundleRegistry registry && bean instanceof SslBundles bundles) {
			SecretsEnvironment secrets = SecretsEnvironment.find(this.context.getEnvironment());
			SslProperties properties = this.context.getBeanProvider(SslProperties.class).getIfAvailable();
			prefixes(properties, secrets).forEach((name, prefix) -> {
				if (bundles.getBundleNames().contains(name)) {
					follow(name, prefix, registry, bundles, Objects.requireNonNull(secrets));
				}
			});
		}
		return bean;
	}

	/**
	 * Return the prefixes of bundles that have something from secrets, by their names.
	 */
	private static Map<String, ConfigurationPropertyName> prefixes(@Nullable SslProperties properties,
			@Nullable SecretsEnvironment secrets) {
		Map<String, ConfigurationPropertyName> prefixes = new LinkedHashMap<>();
		if (properties != null && secrets != null) {
			for (String name : properties.getBundle().getPem().keySet()) {
				Stream.of(uniform(name), "[" + name + "]")
					.filter(ConfigurationPropertyName::isValid)
					.map(PREFIX::append)
					.filter((prefix) -> secrets.effectiveNames().stream().anyMatch(prefix::isAncestorOf))
					.findFirst()
					.ifPresent((prefix) -> prefixes.put(name, prefix));
			}
		}
		return prefixes;
	}

	/* As it is compared, unless it was written in brackets */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
	}

	private void follow(String name, ConfigurationPropertyName prefix, SslBundleRegistry registry, SslBundles bundles,
			SecretsEnvironment secrets) {
		RotatingSslBundle bundle = new RotatingSslBundle(bundles.getBundle(name));
		// Without any handler, an update is warned of: who uses its managers needs none
		bundles.addBundleUpdateHandler(name, (updated) -> {
		});
		registry.updateBundle(name, bundle);
		this.consumers.getObject()
			.add(prefix.toString(), new SslBundleConsumer(name, prefix, registry, bundle, secrets,
					ApplicationResourceLoader.get(this.context, true), this.keyPairs));
	}

}
