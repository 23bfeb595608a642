package io.github.awssecrets.embedded;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Sends requests that no SDK would send.
 */
final class RawClient {

	static final String AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/secretsmanager/aws4_request,"
			+ " SignedHeaders=host, Signature=0";

	private final HttpClient client = HttpClient.newHttpClient();

	private final SecretsServer server;

	RawClient(SecretsServer server) {
		this.server = server;
	}

	HttpResponse<String> post(String operation, String body) throws IOException, InterruptedException {
		return send(request(body).header("X-Amz-Target", "secretsmanager." + operation)
			.header("Authorization", AUTHORIZATION));
	}

	HttpRequest.Builder request(String body) {
		return HttpRequest.newBuilder(this.server.endpoint().resolve("/"))
			.header("Content-Type", "application/x-amz-json-1.1")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
