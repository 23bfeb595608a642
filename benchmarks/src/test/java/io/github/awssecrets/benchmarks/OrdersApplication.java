package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.FileSystemUtils;

/**
 * A Spring Boot application with 200 properties in its {@code application.yml}, 16 of
 * which are references to four secrets of an embedded server. Without the starter, it is
 * the same but for its values, which are plain.
 */
final class OrdersApplication implements AutoCloseable {

	static final int CLIENTS = 16;

	/** Names of properties without references. */
	static final String[] UNREFERENCED = names("timeout");

	/** Names of properties with references. */
	static final String[] REFERENCED = names("password");

	private static final int CLIENTS_OF_SECRET = 4;

	private final SecretsServer server;

	private final ConfigurableApplicationContext context;

	private final Path directory;

	private OrdersApplication(SecretsServer server, ConfigurableApplicationContext context, Path directory) {
		this.server = server;
		this.context = context;
		this.directory = directory;
	}

	private static String[] names(String property) {
		return IntStream.range(0, CLIENTS)
			.mapToObj((client) -> "orders.clients.client-%d.%s".formatted(client, property))
			.toArray(String[]::new);
	}

	/**
	 * Start an application.
	 * @param starter whether it has the starter
	 * @return the application
	 */
	static OrdersApplication start(boolean starter) {
		SecretsServer server = SecretsServer.start();
		for (int i = 0; i < CLIENTS; i += CLIENTS_OF_SECRET) {
			server.create(secret(i), Canary.json(secret(i), 1, keys(i)));
		}
		SpringApplication application = new SpringApplication(NoBeans.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setRegisterShutdownHook(false);
		if (!starter) {
			application.setListeners(application.getListeners()
				.stream()
				.filter((listener) -> !listener.getClass().getName().startsWith("io.github.awssecrets."))
				.toList());
		}
		try {
			Path directory = Files.createTempDirectory("orders");
			Files.writeString(directory.resolve("application.yml"), yaml(starter));
			List<String> arguments = new ArrayList<>();
			server.properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
			arguments.add("--spring.main.banner-mode=off");
			arguments.add("--logging.level.root=warn");
			arguments.add("--spring.config.location=" + directory.toUri());
			return new OrdersApplication(server, application.run(arguments.toArray(String[]::new)), directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String yaml(boolean starter) {
		StringBuilder yaml = new StringBuilder("""
				orders:
				  name: orders
				  page-size: 50
				  currency: EUR
				  locale: de-DE
				  region: ${orders.locale}
				  retries: 3
				  archive: false
				  threads: 8
				  clients:
				""");
		for (int i = 0; i < CLIENTS; i++) {
			yaml.append("    client-%d:%n".formatted(i));
			yaml.append("      base-url: https://client-%d.example.com/api/v1%n".formatted(i));
			yaml.append("      password: \"%s\"%n"
				.formatted(starter ? "$<secret:%s.%s>".formatted(secret(i), key(i)) : value(i).replace("\"", "\\\"")));
			for (String name : List.of("timeout", "connect-timeout", "user-agent", "accept", "retries", "backoff",
					"pool-size", "proxy", "compression", "log-level")) {
				yaml.append("      %s: %s-of-%d%n".formatted(name, name, i));
			}
		}
		return yaml.toString();
	}

	private static String secret(int client) {
		return "prod/orders/clients-" + client / CLIENTS_OF_SECRET;
	}

	private static String key(int client) {
		return "client-" + client;
	}

	private static String[] keys(int firstClient) {
		return IntStream.range(firstClient, firstClient + CLIENTS_OF_SECRET)
			.mapToObj(OrdersApplication::key)
			.toArray(String[]::new);
	}

	private static String value(int client) {
		return Canary.value(secret(client) + "." + key(client), 1);
	}

	/**
	 * Return whether a property of a client has its value.
	 * @param client the number of the client
	 * @return whether its password is right
	 */
	boolean hasPassword(int client) {
		return value(client).equals(environment().getProperty(REFERENCED[client]));
	}

	ConfigurableEnvironment environment() {
		return this.context.getEnvironment();
	}

	@Override
	public void close() {
		this.context.close();
		this.server.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class NoBeans {

	}

}
