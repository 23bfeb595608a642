package io.github.awssecrets.env;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * The settings that keep Jasypt, where it is used, from wrapping our own sources. It
 * would decrypt what comes from a secret and looks encrypted, and show the value where it
 * fails to; and wrapped twins would pass for sources of users' properties, and imports
 * for other sources.
 */
final class JasyptSettings {

	private static final String JASYPT = "com.ulisesbocchio.jasyptspringboot.EncryptablePropertySource";

	private static final String SKIPPED = "jasypt.encryptor.skip-property-sources";

	private JasyptSettings() {
	}

	/**
	 * Add the settings to an Environment.
	 * @param environment the Environment, before any bean was created
	 * @param classLoader the class loader of the application
	 */
	static void install(ConfigurableEnvironment environment, @Nullable ClassLoader classLoader) {
		if (ClassUtils.isPresent(JASYPT, classLoader)) {
			Stream<String> users = Stream.ofNullable(environment.getProperty(SKIPPED));
			Stream<String> ours = Stream
				.of(PropertyTwin.class, SystemEnvironmentTwin.class, SecretsMarker.class,
						SecretImportPropertySource.class)
				.map(Class::getName);
			environment.getPropertySources()
				.addFirst(new MapPropertySource("awsSecretsJasypt",
						Map.of(SKIPPED, Stream.concat(users, ours).collect(Collectors.joining(",")))));
		}
	}

}
