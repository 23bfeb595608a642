package io.github.awssecrets.ssl;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.env.SecretsEnvironment;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Checks that what comes from secrets is PEM text. Of anything else Spring Boot takes it
 * that it is the location of a file, which a secret's content may not choose, and shows
 * it when there is none.
 */
final class PemTexts {

	private static final String HEADER = "-----BEGIN ";

	private static final List<String> ELEMENTS = List.of("keystore.certificate", "keystore.private-key",
			"truststore.certificate", "truststore.private-key");

	private PemTexts() {
	}

	/**
	 * Return which properties of a bundle have a value that is no PEM text.
	 * @param secrets the secrets
	 * @param bundle the prefix of the bundle's properties
	 * @return their names, as far as the values come from secrets
	 */
	static List<ConfigurationPropertyName> missing(SecretsEnvironment secrets, ConfigurationPropertyName bundle) {
		List<ConfigurationPropertyName> missing = new ArrayList<>();
		for (String element : ELEMENTS) {
			ConfigurationPropertyName name = bundle.append(element);
			if (secrets.effectiveNames().contains(name) && !isPem(secrets.value(name))) {
				missing.add(name);
			}
		}
		return missing;
	}

	private static boolean isPem(@Nullable String text) {
		return text == null || text.contains(HEADER);
	}

}
