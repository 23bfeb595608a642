package io.github.awssecrets.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.context.ApplicationContext;

/**
 * A running sample, as a client sees it.
 */
final class Home {

	private Home() {
	}

	static HttpResponse<String> get(ApplicationContext application, String accept)
			throws IOException, InterruptedException {
		return get(application, "/", accept);
	}

	static HttpResponse<String> get(ApplicationContext application, String path, String accept)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(application, path)).header("Accept", accept));
	}

	/**
	 * Do what {@code curl -X POST} does.
	 */
	static HttpResponse<String> post(ApplicationContext application, String path)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(application, path))
			.header("Accept", "*/*")
			.POST(HttpRequest.BodyPublishers.noBody()));
	}

	private static URI uri(ApplicationContext application, String path) {
		return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
