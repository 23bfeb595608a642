package io.github.awssecrets.sample.web;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.awssecrets.env.SecretOrigin;

import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * The secret versions that the Environment answers from, as the origins of its properties
 * tell. No value is read for it.
 */
@Component
class SecretVersions {

	private final ConfigurableEnvironment environment;

	SecretVersions(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Return the versions in use now.
	 * @return the versions, sorted by secret id, with their properties sorted by name
	 */
	List<SecretVersion> inUse() {
		Map<String, SecretVersion> inUse = new TreeMap<>();
		origins().forEach((property, origin) -> origin.versions()
			.forEach((secretId, versionId) -> inUse.merge(secretId + " " + versionId,
					new SecretVersion(secretId, versionId, List.of(property)), SecretVersion::and)));
		return List.copyOf(inUse.values());
	}

	// By property; a source hides those after it
	private Map<String, SecretOrigin> origins() {
		Map<String, SecretOrigin> origins = new TreeMap<>();
		Set<String> seen = new HashSet<>();
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					if (seen.add(name) && OriginLookup.getOrigin(source, name) instanceof SecretOrigin origin) {
						origins.put(name, origin);
					}
				}
			}
		}
		return origins;
	}

}
