package io.github.awssecrets.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.awssecrets.embedded.SecretsServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurablePropertyResolver;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A Spring Boot application of a test: with the configuration files, environment
 * variables and arguments given, without those of the machine, and with the secrets of an
 * embedded server.
 */
public final class TestApplication {

	/** Those that make connections, which most tests have no use for. */
	private static final List<String> CONNECTING = List.of(
			"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration",
			"org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration",
			"org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration");

	private final Map<String, String> files = new LinkedHashMap<>();

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private final List<String> arguments = new ArrayList<>();

	private final List<Class<?>> sources = new ArrayList<>(List.of(Defaults.class));

	private final List<Consumer<SpringApplication>> customizers = new ArrayList<>();

	private final Path directory;

	private final Set<String> excluded = new LinkedHashSet<>(CONNECTING);

	private boolean watched;

	private TestApplication(Path directory) {
		this.directory = directory;
		this.excluded.add(DataSourceAutoConfiguration.class.getName());
	}

	/**
	 * Return an argument for applications that are to make no connections, but for those
	 * to a database.
	 * @return the argument
	 */
	public static String withoutConnections() {
		return without(CONNECTING);
	}

	private static String without(Collection<String> autoConfigurations) {
		return "--spring.autoconfigure.exclude=" + String.join(",", autoConfigurations);
	}

	/**
	 * Return an application that knows no Secrets Manager.
	 * @param directory an empty directory for its files
	 * @return the application
	 */
	public static TestApplication in(Path directory) {
		return new TestApplication(directory).arguments("--spring.main.banner-mode=off",
				"--spring.main.register-shutdown-hook=false");
	}

	/**
	 * Return an application with the secrets of a server.
	 * @param directory an empty directory for its files
	 * @param server the server
	 * @return the application
	 */
	public static TestApplication in(Path directory, SecretsServer server) {
		TestApplication application = in(directory);
		server.properties().forEach((name, value) -> application.arguments("--" + name + "=" + value));
		return application;
	}

	/**
	 * Set {@code application.yml}.
	 * @param text the text
	 * @return this application
	 */
	public TestApplication yaml(String text) {
		return file("application.yml", text);
	}

	/**
	 * Add a configuration file.
	 * @param name the name
	 * @param text the text
	 * @return this application
	 */
	public TestApplication file(String name, String text) {
		this.files.put(name, text);
		return this;
	}

	/**
	 * Add an environment variable.
	 * @param name the name
	 * @param value the value
	 * @return this application
	 */
	public TestApplication variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	/**
	 * Add arguments of the command line.
	 * @param arguments the arguments
	 * @return this application
	 */
	public TestApplication arguments(String... arguments) {
		this.arguments.addAll(List.of(arguments));
		return this;
	}

	/**
	 * Have Spring Cloud create a bootstrap context first.
	 * @return this application
	 */
	public TestApplication bootstrap() {
		return arguments("--spring.cloud.bootstrap.enabled=true");
	}

	/**
	 * Add classes of beans or configurations.
	 * @param classes the classes
	 * @return this application
	 */
	public TestApplication classes(Class<?>... classes) {
		this.sources.addAll(List.of(classes));
		return this;
	}

	/**
	 * Change the Spring application before it is run.
	 * @param customizer what changes it
	 * @return this application
	 */
	public TestApplication customize(Consumer<SpringApplication> customizer) {
		this.customizers.add(customizer);
		return this;
	}

	/**
	 * Have its secrets watched, which they are not by default, with threads of their own.
	 * @return this application
	 */
	public TestApplication watched() {
		this.watched = true;
		return this;
	}

	/**
	 * Have its secrets watched.
	 * @param time the time by which that happens
	 * @return this application
	 */
	public TestApplication watched(DrivenTime time) {
		return watched().customize((application) -> application
			.addInitializers((context) -> context.getBeanFactory().registerSingleton("drivenTime", time)));
	}

	/**
	 * Have Spring Boot make a data source, which it does not do by default.
	 * @return this application
	 */
	public TestApplication jdbc() {
		this.excluded.remove(DataSourceAutoConfiguration.class.getName());
		return this;
	}

	/**
	 * Have Spring Boot configure something else that makes connections, which it does not
	 * do by default.
	 * @param autoConfiguration its auto-configuration
	 * @return this application
	 */
	public TestApplication connecting(Class<?> autoConfiguration) {
		this.excluded.remove(autoConfiguration.getName());
		return this;
	}

	/**
	 * Start the application.
	 * @return its context, to be closed
	 */
	public ConfigurableApplicationContext run() {
		try {
			for (Map.Entry<String, String> file : this.files.entrySet()) {
				Files.writeString(this.directory.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		SpringApplication application = new SpringApplication(this.sources.toArray(Class<?>[]::new));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironment(new IsolatedEnvironment(this.variables));
		this.customizers.forEach((customizer) -> customizer.accept(application));
		List<String> all = new ArrayList<>(this.arguments);
		all.add("--aws.secrets.watch.enabled=" + this.watched);
		all.add(without(this.excluded));
		all.add("--spring.config.location=" + this.directory.toUri());
		return application.run(all.toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Defaults {

	}

	/**
	 * An Environment as Boot creates it, with the environment variables of a test only.
	 */
	private static final class IsolatedEnvironment extends StandardEnvironment {

		IsolatedEnvironment(Map<String, Object> variables) {
			getPropertySources().replace(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		}

		@Override
		protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources propertySources) {
			return ConfigurationPropertySources.createPropertyResolver(propertySources);
		}

	}

}
