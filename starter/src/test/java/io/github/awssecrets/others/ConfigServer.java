package io.github.awssecrets.others;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.cloud.config.server.EnableConfigServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A Spring Cloud Config Server on a free port of the loopback interface, with documents
 * from a directory. The starter is on its class path too.
 */
final class ConfigServer implements AutoCloseable {

	private final Path documents;

	private final ConfigurableApplicationContext context;

	private ConfigServer(Path documents, ConfigurableApplicationContext context) {
		this.documents = documents;
		this.context = context;
	}

	/**
	 * Start a server.
	 * @param directory an empty directory for its own files and the documents
	 * @param arguments arguments of its command line
	 * @return the server
	 */
	static ConfigServer start(Path directory, String... arguments) {
		try {
			Path documents = Files.createDirectories(directory.resolve("documents"));
			Path own = Files.createDirectories(directory.resolve("own"));
			List<String> all = new ArrayList<>(
					List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
							"--spring.main.register-shutdown-hook=false", "--spring.cloud.config.enabled=false",
							"--spring.profiles.active=native", "--spring.config.location=" + own.toUri(),
							"--spring.cloud.config.server.native.search-locations=" + documents.toUri()));
			all.addAll(List.of(arguments));
			return new ConfigServer(documents,
					new SpringApplication(Application.class).run(all.toArray(String[]::new)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a document.
	 * @param name the name of its file
	 * @param text the text
	 */
	void write(String name, String text) {
		try {
			Files.writeString(this.documents.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what a client is sent.
	 * @param path the path, application and profile
	 * @return the body of the answer
	 */
	String answer(String path) {
		try {
			HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + path)).build();
			return HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
				.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	String uri() {
		return "http://127.0.0.1:" + ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigServer
	static class Application {

	}

}
