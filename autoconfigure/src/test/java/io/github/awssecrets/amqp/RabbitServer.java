package io.github.awssecrets.amqp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.ServerProcess;
import org.awaitility.Awaitility;

/**
 * A real RabbitMQ, administrated over HTTP. Its nodes find each other with the help of
 * Erlang's epmd, of which it has its own.
 */
final class RabbitServer implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	/* What Debian has on the path drops the environment */
	private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

	private final ServerProcess epmd;

	private final ServerProcess broker;

	private final int port;

	private final int httpPort;

	private final String authorization;

	private final HttpClient http = HttpClient.newHttpClient();

	private RabbitServer(ServerProcess epmd, ServerProcess broker, int port, int httpPort, String password) {
		this.epmd = epmd;
		this.broker = broker;
		this.port = port;
		this.httpPort = httpPort;
		this.authorization = "Basic "
				+ Base64.getEncoder().encodeToString(("administrator:" + password).getBytes(StandardCharsets.UTF_8));
	}

	static RabbitServer startOrSkip() throws IOException {
		Path onPath = ServerProcess.findOrSkip("rabbitmq", "rabbitmq-server", null);
		Path epmdProgram = ServerProcess.findOrSkip("rabbitmq", "epmd", null);
		String program = (Files.isExecutable(PROGRAM) ? PROGRAM : onPath).toString();
		int epmdPort = ServerProcess.freePort();
		int port = ServerProcess.freePort();
		int httpPort = ServerProcess.freePort();
		String password = Canary.value("rabbitmq", 1).replace("\"", "").replace("+", "");
		Path directory = Files.createTempDirectory("aws-secrets-rabbitmq");
		Files.writeString(directory.resolve("enabled_plugins"), "[rabbitmq_management].\n");
		Files.writeString(directory.resolve("rabbitmq.conf"), """
				listeners.tcp.1 = %s:%d
				management.tcp.ip = %s
				management.tcp.port = %d
				default_user = administrator
				default_pass = %s
				""".formatted(HOST, port, HOST, httpPort, password));
		Map<String, String> environment = Map.of("HOME", directory.toString(), "ERL_EPMD_PORT",
				String.valueOf(epmdPort), "ERL_EPMD_ADDRESS", HOST, "RABBITMQ_NODENAME", "test@localhost",
				"RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString(), "RABBITMQ_ENABLED_PLUGINS_FILE",
				directory.resolve("enabled_plugins").toString(), "RABBITMQ_MNESIA_BASE",
				directory.resolve("data").toString(), "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
				"RABBITMQ_DIST_PORT", String.valueOf(ServerProcess.freePort()));
		ServerProcess epmd = ServerProcess.start(Files.createTempDirectory("aws-secrets-epmd"), epmdPort, environment,
				epmdProgram.toString(), "-port", String.valueOf(epmdPort), "-address", HOST);
		try {
			ServerProcess broker = ServerProcess.start(directory, port, environment, program);
			RabbitServer server = new RabbitServer(epmd, broker, port, httpPort, password);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.ignoreException(UncheckedIOException.class)
				.until(() -> server.send("GET", "/overview", "").statusCode() == 200);
			return server;
		}
		catch (IOException | RuntimeException ex) {
			epmd.close();
			throw ex;
		}
	}

	int port() {
		return this.port;
	}

	/**
	 * Create a user with all permissions, or change its password.
	 */
	void user(String name, String password) {
		require(send("PUT", "/users/" + name,
				"{\"tags\":\"\",\"password\":\"%s\"}".formatted(password.replace("\"", "\\\""))));
		require(send("PUT", "/permissions/%2F/" + name, "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}"));
	}

	/**
	 * Close the connections of a user.
	 */
	void closeConnections(String user) {
		require(send("DELETE", "/connections/username/" + user, ""));
	}

	private static void require(HttpResponse<String> response) {
		if (response.statusCode() / 100 != 2) {
			throw new IllegalStateException("RabbitMQ answered " + response.statusCode());
		}
	}

	private HttpResponse<String> send(String method, String path, String body) {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://%s:%d/api%s".formatted(HOST, this.httpPort, path)))
			.header("Authorization", this.authorization)
			.header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build();
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.broker.close();
		}
		finally {
			this.epmd.close();
		}
	}

}
