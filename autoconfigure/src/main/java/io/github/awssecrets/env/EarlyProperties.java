package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.awssecrets.reference.ReferenceText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.cloud.util.PropertyUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.util.PlaceholderResolutionException;

/**
 * The properties that are read before the Environment is complete, so that a reference in
 * one of them would be taken for its value: by Spring Boot while it prepares the
 * Environment, by Spring Cloud's clients and decryption, and by ourselves.
 */
final class EarlyProperties {

	private static final List<ConfigurationPropertyName> ALWAYS = names("spring.config", "spring.profiles",
			"spring.main", "spring.cloud.bootstrap", "spring.cloud.config", "logging", "encrypt.key", "encrypt.salt",
			"encrypt.fail-on-error", "encrypt.key-store", "encrypt.rsa", SecretsProperties.PREFIX);

	/*
	 * Clients whose settings are read early only where an import or the bootstrap context
	 * uses them.
	 */
	private static final List<String> CLIENTS = List.of("vault", "consul", "zookeeper", "kubernetes");

	private static final ConfigurationPropertyName CLOUD = ConfigurationPropertyName.of("spring.cloud");

	private static final ConfigurationPropertyName CONFIG = CLOUD.append("config");

	/*
	 * The server of Spring Cloud Config reads its settings later than the client, but for
	 * those of its own client.
	 */
	private static final ConfigurationPropertyName CONFIG_SERVER = CONFIG.append("server");

	private static final ConfigurationPropertyName CONFIG_SERVER_BOOTSTRAP = CONFIG_SERVER.append("bootstrap");

	/* What config data and a bootstrap context read while they are loaded. */
	private static final List<ConfigurationPropertyName> CONFIG_DATA = names("spring.config", "spring.profiles",
			"spring.main.cloud-platform", "spring.cloud.bootstrap");

	private static final ConfigurationPropertyName IMPORT = ConfigurationPropertyName.of("spring.config.import");

	private static final String IMPORT_CHARACTERS = NameCharacters.of(IMPORT.toString());

	private final List<ConfigurationPropertyName> early;

	private final List<String> characters;

	private EarlyProperties(List<ConfigurationPropertyName> early) {
		this.early = early;
		this.characters = early.stream().map((group) -> NameCharacters.of(group.toString())).toList();
	}

	private static List<ConfigurationPropertyName> names(String... names) {
		return Stream.of(names).map(ConfigurationPropertyName::of).toList();
	}

	/**
	 * Return the early properties of an application.
	 * @param sources the sources of its Environment, after config data was added
	 * @return the early properties
	 */
	static EarlyProperties of(MutablePropertySources sources) {
		PropertyResolver properties = new PropertySourcesPropertyResolver(sources);
		boolean bootstrap = PropertyUtils.MARKER_CLASS_EXISTS
				|| properties.getProperty(PropertyUtils.BOOTSTRAP_ENABLED_PROPERTY, Boolean.class, false)
				|| properties.getProperty(PropertyUtils.USE_LEGACY_PROCESSING_PROPERTY, Boolean.class, false);
		List<String> imports = imports(sources);
		List<ConfigurationPropertyName> early = new ArrayList<>(ALWAYS);
		for (String client : CLIENTS) {
			if (bootstrap || imports.stream().anyMatch((location) -> location.contains(client + ":"))) {
				early.add(CLOUD.append(client));
			}
		}
		return new EarlyProperties(early);
	}

	/**
	 * Return the early properties of every application.
	 * @return the early properties
	 */
	static EarlyProperties always() {
		return new EarlyProperties(ALWAYS);
	}

	/**
	 * Return the early properties that config data and a bootstrap context read while
	 * they are loaded.
	 * @return the early properties
	 */
	static EarlyProperties ofConfigData() {
		return new EarlyProperties(CONFIG_DATA);
	}

	/**
	 * Return the early properties of a client that loads config data.
	 * @param location where the client loads it from
	 * @return the early properties, or {@code null} if no client of Spring Cloud loads it
	 */
	static @Nullable EarlyProperties ofClient(ConfigDataLocation location) {
		if (location.hasPrefix("configserver:")) {
			return new EarlyProperties(List.of(CONFIG));
		}
		for (String client : CLIENTS) {
			if (location.hasPrefix(client + ":")) {
				return new EarlyProperties(List.of(CLOUD.append(client)));
			}
		}
		return null;
	}

	private static List<String> imports(MutablePropertySources sources) {
		List<String> imports = new ArrayList<>();
		for (PropertySource<?> source : sources) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					if (NameCharacters.mayStartWith(name, IMPORT_CHARACTERS)
							&& isIn(IMPORT, ConfigurationPropertyName.adapt(name, '.'))) {
						imports.add(String.valueOf(enumerable.getProperty(name)));
					}
				}
			}
		}
		return imports;
	}

	/**
	 * Require that none of these properties holds or leads to a reference.
	 * @param environment the Environment
	 * @throws UnresolvedReferenceException if one does; it names them all
	 */
	void refuseReferences(ConfigurableEnvironment environment) {
		SourceProperties properties = new SourceProperties(environment.getPropertySources());
		TextResolver resolver = new TextResolver(properties::find, ReferencePolicy.ALLOW_ALL,
				SettingsBinder.syntax(properties));
		List<ReferenceProblem> problems = new ArrayList<>();
		ReferenceScan.of(properties, resolver, this::mayBeEarly).effective().forEach((name, property) -> {
			String group = groupOf(name);
			if (group != null && leadsToReference(property, resolver)) {
				problems.add(ReferenceProblems.early(property, group, resolver.syntax()));
			}
		});
		if (!problems.isEmpty()) {
			throw new UnresolvedReferenceException(problems);
		}
	}

	private boolean mayBeEarly(String nameInSource) {
		return this.characters.stream().anyMatch((group) -> NameCharacters.mayStartWith(nameInSource, group));
	}

	private static boolean leadsToReference(SourceProperty property, TextResolver resolver) {
		try {
			return resolver.resolve(property).hasReferences();
		}
		catch (UnresolvedReferenceException ex) {
			return true;
		}
		catch (PlaceholderResolutionException ex) {
			return false;
		}
	}

	/**
	 * Return what is wrong with the properties that a reader can bind so far.
	 * @param binder binds as the reader does
	 * @return a problem for each property that holds or leads to a reference
	 */
	List<ReferenceProblem> problems(Binder binder) {
		List<ReferenceProblem> problems = new ArrayList<>();
		TextResolver resolver = new TextResolver((name) -> find(binder, name), ReferencePolicy.ALLOW_ALL,
				SettingsBinder.syntax(binder));
		BindHandler handler = new BindHandler() {

			@Override
			public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				ConfigurationProperty property = context.getConfigurationProperty();
				String group = groupOf(name);
				if (property != null && group != null && result instanceof String text
						&& (ReferenceText.mayContainReference(text)
								|| leadsToReference(SourceProperty.of(property), resolver))) {
					problems.add(ReferenceProblems.early(SourceProperty.of(property), group, resolver.syntax()));
				}
				return result;
			}

			@Override
			public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Exception error) {
				// Left to the reader
				return null;
			}

		};
		for (ConfigurationPropertyName group : this.early) {
			binder.bind(group, Bindable.mapOf(String.class, String.class), handler);
		}
		return problems;
	}

	/**
	 * Find the property that a placeholder names, as it was written: what a binder makes
	 * of it shows no <code>${secret:...}</code> any more.
	 */
	private static @Nullable SourceProperty find(Binder binder, String name) {
		AtomicReference<@Nullable SourceProperty> found = new AtomicReference<>();
		BindHandler handler = new BindHandler() {

			@Override
			public @Nullable Object onSuccess(ConfigurationPropertyName bound, Bindable<?> target, BindContext context,
					Object result) {
				return note(context);
			}

			@Override
			public @Nullable Object onFailure(ConfigurationPropertyName bound, Bindable<?> target, BindContext context,
					Exception error) {
				return note(context);
			}

			private @Nullable Object note(BindContext context) {
				ConfigurationProperty property = context.getConfigurationProperty();
				if (property != null) {
					found.set(SourceProperty.of(property));
				}
				return null;
			}

		};
		binder.bind(ConfigurationPropertyName.isValid(name) ? ConfigurationPropertyName.of(name)
				: ConfigurationPropertyName.adapt(name, '_'), Bindable.of(String.class), handler);
		return found.get();
	}

	/**
	 * Return why a property is an early one.
	 * @param name the name of the property
	 * @return the name of the early properties it belongs to, or {@code null} if it may
	 * hold a reference
	 */
	@Nullable String groupOf(ConfigurationPropertyName name) {
		if (isIn(CONFIG_SERVER, name)) {
			return isIn(CONFIG_SERVER_BOOTSTRAP, name) ? describe(CONFIG_SERVER_BOOTSTRAP, name) : null;
		}
		for (ConfigurationPropertyName group : this.early) {
			if (isIn(group, name)) {
				return describe(group, name);
			}
		}
		return null;
	}

	private static boolean isIn(ConfigurationPropertyName group, ConfigurationPropertyName name) {
		return group.equals(name) || group.isAncestorOf(name);
	}

	private static String describe(ConfigurationPropertyName group, ConfigurationPropertyName name) {
		return group.equals(name) ? group.toString() : group + ".*";
	}

}
