package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.PropertySource;

/**
 * Binds {@link SecretsProperties} from trusted sources only: whoever else may write
 * properties, a config server say, must not turn the application's requests for secrets
 * to an endpoint of theirs.
 */
final class SettingsBinder {

	private static final Log logger = LogFactory.getLog(SettingsBinder.class);

	/* What Spring Cloud Config's client names its sources, imported or located. */
	private static final List<String> REMOTE_SOURCES = List.of("configserver:*", "bootstrapProperties-*", "manager");

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(SecretsProperties.PREFIX);

	private SettingsBinder() {
	}

	static SecretsProperties bind(SourceProperties properties) {
		SecretsProperties settings = bind(trusted(properties.sources(), REMOTE_SOURCES));
		if (settings.untrustedSources().isEmpty()) {
			return settings;
		}
		List<String> untrusted = new ArrayList<>(REMOTE_SOURCES);
		untrusted.addAll(settings.untrustedSources());
		return bind(trusted(properties.sources(), untrusted));
	}

	private static List<PropertySource<?>> trusted(List<PropertySource<?>> sources, List<String> untrusted) {
		Globs globs = new Globs(untrusted);
		List<PropertySource<?>> trusted = new ArrayList<>();
		for (PropertySource<?> source : sources) {
			if (!globs.matches(source.getName())) {
				trusted.add(source);
			}
			else if (hasSettings(source)) {
				logger.warn("Ignored %s.* in property source '%s', which may not configure the retrieval of secrets"
					.formatted(PREFIX, source.getName()));
			}
		}
		return trusted;
	}

	private static boolean hasSettings(PropertySource<?> source) {
		ConfigurationPropertySource relaxed = ConfigurationPropertySource.from(source);
		return relaxed != null && relaxed.containsDescendantOf(PREFIX) == ConfigurationPropertyState.PRESENT;
	}

	private static SecretsProperties bind(List<PropertySource<?>> sources) {
		return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
			.bindOrCreate(SecretsProperties.PREFIX, Bindable.of(SecretsProperties.class));
	}

}
