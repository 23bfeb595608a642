package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.awssecrets.reference.ReferenceSyntax;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.EnumerablePropertySource;
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

	private static final String PREFIX_CHARACTERS = NameCharacters.of(SecretsProperties.PREFIX);

	private SettingsBinder() {
	}

	/**
	 * Bind the settings.
	 * @param properties the properties of the Environment
	 * @return the settings
	 * @throws InvalidConfigurationPropertyValueException if one of them can never work
	 * @throws MutuallyExclusiveConfigurationPropertiesException if two of them exclude
	 * each other
	 */
	static SecretsProperties bind(SourceProperties properties) {
		Predicate<String> trusted = trusted(bind(properties, trusted(List.of())).untrustedSources());
		for (ConfigurationPropertySource source : relaxedSources(properties, trusted.negate())) {
			if (source.containsDescendantOf(PREFIX) == ConfigurationPropertyState.PRESENT) {
				logger.warn("Ignored %s.* in property source '%s', which may not configure the retrieval of secrets"
					.formatted(PREFIX, nameOf(source)));
			}
		}
		return bind(properties, trusted);
	}

	/**
	 * Bind only what says how references are written, for those who look for them before
	 * all settings are there.
	 * @param properties the properties of the Environment
	 * @return the syntax of references, the usual one if the setting is invalid
	 */
	static ReferenceSyntax syntax(SourceProperties properties) {
		try {
			List<String> untrusted = binder(properties, trusted(List.of()))
				.bind(SecretsProperties.PREFIX + ".untrusted-sources", Bindable.listOf(String.class))
				.orElse(List.of());
			return syntax(binder(properties, trusted(untrusted)));
		}
		catch (BindException ex) {
			return ReferenceSyntax.REFERENCES;
		}
	}

	/**
	 * Bind the same from all that a binder reads, trusted or not: for those who only
	 * refuse references.
	 * @param binder the binder
	 * @return the syntax of references, the usual one if the setting is invalid
	 */
	static ReferenceSyntax syntax(Binder binder) {
		try {
			return ReferenceSyntax
				.of(binder.bind(SecretsProperties.PREFIX + ".spring-placeholders", Boolean.class).orElse(false));
		}
		catch (BindException ex) {
			return ReferenceSyntax.REFERENCES;
		}
	}

	private static Predicate<String> trusted(List<String> untrustedSources) {
		Globs remote = new Globs(REMOTE_SOURCES);
		Globs untrusted = new Globs(untrustedSources);
		return (source) -> !remote.matches(source) && !untrusted.matches(source);
	}

	private static List<ConfigurationPropertySource> relaxedSources(SourceProperties properties,
			Predicate<String> wanted) {
		return properties.relaxedSources()
			.stream()
			.filter((source) -> wanted.test(nameOf(source)) && mayHoldSettings(source))
			.toList();
	}

	/**
	 * Return whether it is worth the time to let Boot map all names of a source.
	 */
	private static boolean mayHoldSettings(ConfigurationPropertySource source) {
		return !(source.getUnderlyingSource() instanceof EnumerablePropertySource<?> enumerable)
				|| SourceProperty.isSystemEnvironment(enumerable) || Stream.of(enumerable.getPropertyNames())
					.anyMatch((name) -> NameCharacters.mayStartWith(name, PREFIX_CHARACTERS));
	}

	private static String nameOf(ConfigurationPropertySource source) {
		PropertySource<?> underlying = SourceProperties.underlying(source);
		return (underlying != null) ? underlying.getName() : "";
	}

	private static SecretsProperties bind(SourceProperties properties, Predicate<String> wanted) {
		try {
			return binder(properties, wanted).bindOrCreate(SecretsProperties.PREFIX,
					Bindable.of(SecretsProperties.class));
		}
		catch (BindException ex) {
			Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
			throw (root instanceof InvalidConfigurationPropertyValueException
					|| root instanceof MutuallyExclusiveConfigurationPropertiesException) ? (RuntimeException) root
							: ex;
		}
	}

	private static Binder binder(SourceProperties properties, Predicate<String> wanted) {
		List<PropertySource<?>> sources = new ArrayList<>(properties.sources());
		sources.removeIf((source) -> !wanted.test(source.getName()));
		return new Binder(relaxedSources(properties, wanted), new PropertySourcesPlaceholdersResolver(sources));
	}

}
