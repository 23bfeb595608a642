package io.github.awssecrets.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with actuator, in a time that the test drives, and a server whose ARNs
 * and version ids are the same in each run.
 */
final class OperatedApplication implements AutoCloseable {

	static final Duration INTERVAL = Duration.ofSeconds(60);

	SecretsServer server = server(0);

	final DrivenTime time = new DrivenTime();

	private final Map<String, String> names = new TreeMap<>();

	private ConfigurableApplicationContext context;

	private static SecretsServer server(int port) {
		return SecretsServer.builder()
			.port(port)
			.randomSeed(42)
			.clock(Clock.fixed(Instant.parse("2026-11-22T09:00:00Z"), ZoneOffset.UTC))
			.start();
	}

	void stopServer() {
		this.server.close();
	}

	/**
	 * Start an empty server in the place of the one that was stopped.
	 */
	void restartServer() {
		this.server = server(this.server.port());
	}

	/**
	 * Start the application, and let its first poll be at once.
	 */
	OperatedApplication start(Path directory, Consumer<TestApplication> customizer) {
		TestApplication application = TestApplication.in(directory, this.server)
			.watched(this.time)
			.arguments("--aws.secrets.watch.interval=" + INTERVAL, "--aws.secrets.watch.jitter=0",
					"--management.endpoints.web.exposure.include=*",
					"--management.endpoint.health.show-details=always");
		customizer.accept(application);
		this.context = application.run();
		this.context.getBean(SecretsWatcher.class).pollSoon();
		return this;
	}

	static void asWebApplication(TestApplication application) {
		application.arguments("--server.port=0")
			.customize((spring) -> spring.setWebApplicationType(WebApplicationType.SERVLET));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	/**
	 * Give what the server made up a name for expected texts.
	 */
	OperatedApplication name(String name, String text) {
		this.names.put("{" + name + "}", text);
		return this;
	}

	/**
	 * Return an expected text with what the server made up.
	 */
	String expected(String text) {
		String result = text;
		for (Map.Entry<String, String> entry : this.names.entrySet()) {
			result = result.replace(entry.getKey(), entry.getValue());
		}
		return result;
	}

	/**
	 * Return what an endpoint answers, as actuator writes it.
	 */
	String json(Object answer) {
		String json = this.context.getBean(EndpointJsonMapper.class).get().writeValueAsString(answer);
		assertThat(CanaryScanner.scan("answer", json)).isEmpty();
		return json;
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(path, "GET");
	}

	HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return send(path, "POST");
	}

	private HttpResponse<String> send(String path, String method) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:%s/actuator%s"
			.formatted(this.context.getEnvironment().getProperty("local.server.port"), path));
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(CanaryScanner.scan(path, response.body())).isEmpty();
		return response;
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
		this.server.close();
	}

}
