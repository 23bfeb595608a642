package io.github.awssecrets.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.FileSystemUtils;

/**
 * A Spring Boot application with 200 properties in its {@code application.yml}, 16 of
 * which are references to four secrets of an embedded server, and two more those of its
 * connection pool. Without the starter, its values are plain, and Spring finds none of
 * the starter's listeners, post-processors and auto-configurations. Neither sees the
 * environment variables of the machine.
 */
final class OrdersApplication implements AutoCloseable {

	static final int CLIENTS = 16;

	/** Names of properties without references. */
	static final String[] UNREFERENCED = names("timeout");

	/** Names of properties with references. */
	static final String[] REFERENCED = names("password");

	private static final int CLIENTS_OF_SECRET = 4;

	private static final String DATABASE = "prod/orders/db";

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
		server.create(DATABASE, Canary.json(DATABASE, 1, "user", "password"));
		Thread thread = Thread.currentThread();
		ClassLoader classLoader = thread.getContextClassLoader();
		try {
			Path directory = Files.createTempDirectory("orders");
			thread.setContextClassLoader(starter ? classLoader : new WithoutStarterClassLoader(classLoader));
			return new OrdersApplication(server,
					TestApplication.in(directory, server)
						.jdbc()
						.yaml(yaml(starter) + dataSource(starter))
						.arguments("--logging.level.root=warn")
						.run(),
					directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			thread.setContextClassLoader(classLoader);
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
				.formatted(starter ? "$<secret:%s.%s>".formatted(secret(i), key(i)) : quoted(value(i))));
			for (String name : List.of("timeout", "connect-timeout", "user-agent", "accept", "retries", "backoff",
					"pool-size", "proxy", "compression", "log-level")) {
				yaml.append("      %s: %s-of-%d%n".formatted(name, name, i));
			}
		}
		return yaml.toString();
	}

	private static String dataSource(boolean starter) {
		return """
				spring:
				  datasource:
				    url: %s
				    driver-class-name: %s
				    username: "%s"
				    password: "%s"
				    hikari:
				      maximum-pool-size: 2
				""".formatted(IdleDriver.URL, IdleDriver.class.getName(), credential("user", starter),
				credential("password", starter));
	}

	private static String credential(String key, boolean starter) {
		return starter ? "$<secret:%s.%s>".formatted(DATABASE, key) : quoted(Canary.value(DATABASE + "." + key, 1));
	}

	private static String quoted(String value) {
		return value.replace("\"", "\\\"");
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

	ConfigurableApplicationContext context() {
		return this.context;
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

}
