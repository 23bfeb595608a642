package io.github.awssecrets.env;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
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

	/*
	 * The server of Spring Cloud Config reads its settings later than the client, but for
	 * those of its own client.
	 */
	private static final ConfigurationPropertyName CONFIG_SERVER = ConfigurationPropertyName
		.of("spring.cloud.config.server");

	private static final ConfigurationPropertyName CONFIG_SERVER_BOOTSTRAP = CONFIG_SERVER.append("bootstrap");

	/* What config data reads while it is loaded. */
	private static final List<ConfigurationPropertyName> CONFIG_DATA = names("spring.config", "spring.profiles",
			"spring.main.cloud-platform");

	private static final ConfigurationPropertyName IMPORT = ConfigurationPropertyName.of("spring.config.import");

	private final List<ConfigurationPropertyName> early;

	private EarlyProperties(List<ConfigurationPropertyName> early) {
		this.early = early;
	}

	private static List<ConfigurationPropertyName> names(String... names) {
		return Stream.of(names).map(ConfigurationPropertyName::of).toList();
	}

	/**
	 * Return the early properties of an application.
	 * @param environment its Environment, after config data was added
	 * @return the early properties
	 */
	static EarlyProperties of(ConfigurableEnvironment environment) {
		boolean bootstrap = "true".equalsIgnoreCase(environment.getProperty("spring.cloud.bootstrap.enabled"));
		List<String> imports = imports(environment);
		List<ConfigurationPropertyName> early = new ArrayList<>(ALWAYS);
		for (String client : CLIENTS) {
			if (bootstrap || imports.stream().anyMatch((location) -> location.contains(client + ":"))) {
				early.add(ConfigurationPropertyName.of("spring.cloud." + client));
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
	 * Return the early properties that config data reads while it is loaded.
	 * @return the early properties
	 */
	static EarlyProperties ofConfigData() {
		return new EarlyProperties(CONFIG_DATA);
	}

	private static List<String> imports(ConfigurableEnvironment environment) {
		List<String> imports = new ArrayList<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					ConfigurationPropertyName relaxed = ConfigurationPropertyName.adapt(name, '.');
					if (IMPORT.equals(relaxed) || IMPORT.isAncestorOf(relaxed)) {
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
		ReferenceScan.of(properties, resolver).effective().forEach((name, property) -> {
			String group = groupOf(name);
			if (group != null && leadsToReference(property, resolver)) {
				problems.add(ReferenceProblems.early(property, group, resolver.syntax()));
			}
		});
		if (!problems.isEmpty()) {
			throw new UnresolvedReferenceException(problems);
		}
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
