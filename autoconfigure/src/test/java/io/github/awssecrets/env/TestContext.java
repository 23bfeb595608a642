package io.github.awssecrets.env;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.InProcessRetrieval;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.ConfigurablePropertyResolver;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * A context as Boot prepares one, without what takes time: with the property sources and
 * beans of a test, and with secrets from an {@link InProcessRetrieval}.
 */
final class TestContext implements AutoCloseable {

	private final InProcessRetrieval retrieval = new InProcessRetrieval();

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private final Map<String, Object> systemProperties = new LinkedHashMap<>();

	private final List<PropertySource<?>> sources = new ArrayList<>();

	private final SpringApplication application = new SpringApplication();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final List<Integer> exits = new ArrayList<>();

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final SecretsApplicationListener listener = new SecretsApplicationListener(
			new SecretsPropertySourceLocator(List.of(), (settings, customizers, connections, listener) -> {
				this.retrievals++;
				this.opener = Thread.currentThread();
				return this.retrieval;
			}), new PolicyCommand(this.exits::add, new PrintStream(this.printed, true, StandardCharsets.UTF_8)));

	private final ObservedSources propertySources = new ObservedSources();

	private int retrievals;

	private volatile Thread opener;

	/**
	 * Return the canary value of a key of a secret that {@link #keys} added.
	 */
	static String value(String id, String key) {
		return Canary.value(id + "." + key, 1);
	}

	/**
	 * Add a JSON secret with a canary value for each key.
	 */
	TestContext keys(String id, String... keys) {
		return secret(id, Canary.json(id, 1, keys));
	}

	TestContext secret(String id, String text) {
		this.retrieval.secret(id, text);
		return this;
	}

	/**
	 * Add the command line. As all sources, it ranks below those added before.
	 */
	TestContext arguments(String... arguments) {
		return source(new SimpleCommandLinePropertySource(arguments));
	}

	TestContext variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	TestContext systemProperty(String name, String value) {
		this.systemProperties.put(name, value);
		return this;
	}

	/**
	 * Add {@code application.yml}, of which every document is a source.
	 */
	TestContext yaml(String text) {
		return yaml("application.yml", text);
	}

	TestContext yaml(String name, String text) {
		ByteArrayResource resource = new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), name) {

			@Override
			public String getFilename() {
				return name;
			}

		};
		try {
			new YamlPropertySourceLoader().load(name, resource).forEach(this::source);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Add a source of names and values in turn.
	 */
	TestContext properties(String sourceName, String... namesAndValues) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return source(sourceName, properties);
	}

	TestContext source(String sourceName, Map<String, Object> properties) {
		return source(new OriginTrackedMapPropertySource(sourceName, properties, true));
	}

	TestContext source(PropertySource<?> source) {
		this.sources.add(source);
		return this;
	}

	/**
	 * Add an import, as config data does when it loads {@code spring.config.import}.
	 */
	TestContext imported(String location) {
		SecretImport secret = SecretImport.parse(location.substring(location.indexOf("secret:") + "secret:".length()),
				location.startsWith("optional:"));
		return source(new SecretImportPropertySource(secret, ImportUse.of(ConfigDataLocation.of(location)),
				new ImportedReferences()));
	}

	/**
	 * Start the context.
	 * @param classes beans or configurations
	 * @return this context
	 */
	TestContext start(Class<?>... classes) {
		begin();
		this.context.register(Defaults.class);
		if (classes.length > 0) {
			this.context.register(classes);
		}
		this.listener.onApplicationEvent(new ApplicationPreparedEvent(this.application, new String[0], this.context));
		this.context.refresh();
		return this;
	}

	/**
	 * Only do what is done when a context is initialized, before any bean, and wait for
	 * the secrets.
	 */
	TestContext initialize() {
		begin();
		SecretsMarker.find(environment()).await();
		return this;
	}

	/**
	 * Do not even wait for the secrets.
	 */
	TestContext begin() {
		ConfigurableEnvironment environment = new TestEnvironment(this.propertySources);
		MutablePropertySources propertySources = environment.getPropertySources();
		propertySources.addLast(new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
				this.systemProperties));
		propertySources.addLast(new Variables(this.variables));
		for (PropertySource<?> source : this.sources) {
			if (source instanceof SimpleCommandLinePropertySource) {
				propertySources.addFirst(source);
			}
			else {
				propertySources.addLast(source);
			}
		}
		ConfigurationPropertySources.attach(environment);
		environment.setConversionService(new ApplicationConversionService());
		this.context.setEnvironment(environment);
		this.listener
			.onApplicationEvent(new ApplicationContextInitializedEvent(this.application, new String[0], this.context));
		return this;
	}

	AnnotationConfigApplicationContext context() {
		return this.context;
	}

	ConfigurableEnvironment environment() {
		return this.context.getEnvironment();
	}

	String property(String name) {
		return environment().getProperty(name);
	}

	Binder binder() {
		return Binder.get(environment());
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Do something after each single change of the sources.
	 */
	void afterEachChange(Runnable action) {
		this.propertySources.observer = action;
	}

	InProcessRetrieval retrieval() {
		return this.retrieval;
	}

	/**
	 * Return how many retrievals were created.
	 */
	int retrievals() {
		return this.retrievals;
	}

	/**
	 * Return the thread that created the retrieval.
	 */
	Thread opener() {
		return this.opener;
	}

	/**
	 * Return with which status the process would have ended.
	 */
	List<Integer> exits() {
		return this.exits;
	}

	/**
	 * Return what the process would have left on standard output.
	 */
	String printed() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@EnableConfigurationProperties
	static class Defaults {

		@Bean
		static PropertySourcesPlaceholderConfigurer propertySourcesPlaceholderConfigurer() {
			return new PropertySourcesPlaceholderConfigurer();
		}

	}

	/**
	 * Like that of an application, but empty.
	 */
	private static final class TestEnvironment extends StandardEnvironment {

		TestEnvironment(MutablePropertySources propertySources) {
			super(propertySources);
		}

		@Override
		protected void customizePropertySources(MutablePropertySources propertySources) {
		}

		@Override
		protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources propertySources) {
			return ConfigurationPropertySources.createPropertyResolver(propertySources);
		}

	}

	/**
	 * Sources that tell of each change.
	 */
	private static final class ObservedSources extends MutablePropertySources {

		private Runnable observer = () -> {
		};

		@Override
		public void addFirst(PropertySource<?> propertySource) {
			super.addFirst(propertySource);
			this.observer.run();
		}

		@Override
		public void addLast(PropertySource<?> propertySource) {
			super.addLast(propertySource);
			this.observer.run();
		}

		@Override
		public void addBefore(String relativePropertySourceName, PropertySource<?> propertySource) {
			super.addBefore(relativePropertySourceName, propertySource);
			this.observer.run();
		}

		@Override
		public void addAfter(String relativePropertySourceName, PropertySource<?> propertySource) {
			super.addAfter(relativePropertySourceName, propertySource);
			this.observer.run();
		}

		@Override
		public PropertySource<?> remove(String name) {
			PropertySource<?> removed = super.remove(name);
			this.observer.run();
			return removed;
		}

		@Override
		public void replace(String name, PropertySource<?> propertySource) {
			super.replace(name, propertySource);
			this.observer.run();
		}

	}

	/**
	 * Like {@link System#getenv()}, which Boot knows not to change.
	 */
	private static final class Variables extends SystemEnvironmentPropertySource implements PropertySourceInfo {

		Variables(Map<String, Object> variables) {
			super(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
		}

		@Override
		public boolean isImmutable() {
			return true;
		}

	}

}
