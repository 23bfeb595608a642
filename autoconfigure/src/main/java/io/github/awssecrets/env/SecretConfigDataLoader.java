package io.github.awssecrets.env;

import java.util.List;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;

/**
 * Loads the place of a secret among the property sources. It calls nobody: the properties
 * appear there when the secrets of all imports and references are retrieved.
 */
class SecretConfigDataLoader implements ConfigDataLoader<SecretConfigDataResource> {

	@Override
	public ConfigData load(ConfigDataLoaderContext context, SecretConfigDataResource resource) {
		return new ConfigData(List.of(new SecretImportPropertySource(resource.secret(), resource.use(),
				ImportedReferences.of(context.getBootstrapContext()))));
	}

}
