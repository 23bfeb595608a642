package io.github.awssecrets.env;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.awssecrets.testing.InProcessRetrieval;
import io.github.awssecrets.testing.LargeApplication;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.ConfigurablePropertyResolver;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The Environment of a {@link LargeApplication}, and the installation of its secrets,
 * which are at hand. Public for benchmarks.
 */
public final class LargeInstallation {

	private final ConfigurableEnvironment environment = new LargeEnvironment();

	private final InProcessRetrieval retrieval;

	/**
	 * Prepare an Environment.
	 * @param application the application
	 */
	public LargeInstallation(LargeApplication application) {
		this(application, UnaryOperator.identity());
	}

	LargeInstallation(LargeApplication application, UnaryOperator<PropertySource<?>> wrapper) {
		this.retrieval = application.retrieval();
		application.sources().forEach((source) -> this.environment.getPropertySources().addLast(wrapper.apply(source)));
		ConfigurationPropertySources.attach(this.environment);
	}

	/**
	 * Find the references, retrieve the secrets and install the twins.
	 */
	public void install() {
		this.environment.getPropertySources()
			.addLast(new SecretsPropertySourceLocator(List.of(),
					(settings, customizers, connections, listener) -> this.retrieval)
				.locate(this.environment));
	}

	/**
	 * Do all that a starting application does: check the properties that are read early,
	 * install, and do so again when all beans are defined.
	 */
	public void start() {
		EarlyProperties.of(this.environment.getPropertySources()).refuseReferences(this.environment);
		install();
		SecretsMarker.find(this.environment).installAll();
	}

	/**
	 * Return the Environment.
	 * @return the Environment
	 */
	public ConfigurableEnvironment environment() {
		return this.environment;
	}

	/**
	 * Like that of an application, with the system properties of this machine but not its
	 * variables.
	 */
	private static final class LargeEnvironment extends StandardEnvironment {

		@Override
		protected void customizePropertySources(MutablePropertySources propertySources) {
			super.customizePropertySources(propertySources);
			propertySources.remove(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		}

		@Override
		protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources propertySources) {
			return ConfigurationPropertySources.createPropertyResolver(propertySources);
		}

	}

}
