package io.github.awssecrets.actuator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.awssecrets.testing.TestApplication;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a free port of the loopback interface, all endpoints of which are
 * exposed and may write.
 */
final class WebApplication implements AutoCloseable {

	private static final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private WebApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static WebApplication run(TestApplication application, String... arguments) {
		return new WebApplication(application
			.customize((spring) -> spring.setWebApplicationType(WebApplicationType.SERVLET))
			.arguments("--server.port=0", "--server.address=127.0.0.1", "--management.endpoints.web.exposure.include=*",
					"--management.endpoint.env.post.enabled=true", "--management.endpoint.env.post.valid-keys-regex=.*",
					"--management.endpoint.health.show-details=always",
					"--management.endpoint.health.show-components=always")
			.arguments(arguments)
			.run());
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	HttpResponse<String> get(String path) {
		return send(request(path).GET().build());
	}

	HttpResponse<String> post(String path, String json) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json))
			.build());
	}

	private HttpRequest.Builder request(String path) {
		int port = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator%s".formatted(port, path)));
	}

	private static HttpResponse<String> send(HttpRequest request) {
		try {
			return client.send(request, HttpResponse.BodyHandlers.ofString());
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
	public void close() {
		this.context.close();
	}

}
