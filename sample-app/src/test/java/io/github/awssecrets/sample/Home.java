package io.github.awssecrets.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.springframework.context.ApplicationContext;

/**
 * The home page of a running sample, as a client sees it.
 */
final class Home {

	private Home() {
	}

	static HttpResponse<String> get(ApplicationContext application, String accept)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + "/");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
	}

}
