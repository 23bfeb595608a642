package io.github.awssecrets.embedded;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for many calls at the same time.
 */
@Timeout(120)
class ConcurrencyIntegrationTests {

	private static final String BODY = "{\"SecretId\":\"prod/db\"}";

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void manyCallsOnManyConnectionsAreAllAnsweredAndCounted() {
		int connections = 50;
		int callsEach = 40;
		try (SecretsServer server = SecretsServer.builder().secret("prod/db = {\"password\":\"x\"}").start()) {
			List<CompletableFuture<Integer>> clients = IntStream.range(0, connections)
				.mapToObj((i) -> callRepeatedly(server.endpoint(), callsEach))
				.toList();
			assertThat(clients).allSatisfy((answered) -> assertThat(answered.join()).isEqualTo(callsEach));
			assertThat(server.calls("GetSecretValue")).hasSize(connections * callsEach)
				.allSatisfy((call) -> assertThat(call.outcome()).isEqualTo(Call.OK));
			assertThat(server.maxConcurrentCalls()).isBetween(1, connections);
		}
	}

	@Test
	void gateShowsThatCallsWereOpenAtTheSameTime() {
		try (SecretsServer server = SecretsServer.builder().secret("prod/db = {\"password\":\"x\"}").start()) {
			Gate gate = server.gate("GetSecretValue", 100);
			List<CompletableFuture<Integer>> calls = IntStream.range(0, 100)
				.mapToObj((i) -> callRepeatedly(server.endpoint(), 1))
				.toList();
			assertThat(calls).allSatisfy((answered) -> assertThat(answered.join()).isEqualTo(1));
			assertThat(gate.maxHeld()).isEqualTo(100);
			assertThat(server.maxConcurrentCalls()).isEqualTo(100);
		}
	}

	@Test
	void versionsPutByManyClientsAreAllKept() {
		try (SecretsServer server = SecretsServer.builder().secret("prod/db = {\"password\":\"x\"}").start()) {
			List<String> versions = IntStream.range(0, 200)
				.parallel()
				.mapToObj((i) -> server.rotate("prod/db", "password", "v" + i))
				.toList();
			assertThat(server.versionIds("prod/db")).hasSize(201).containsAll(versions);
			assertThat(server.stages("prod/db")).containsOnlyKeys("AWSCURRENT", "AWSPREVIOUS");
		}
	}

	private CompletableFuture<Integer> callRepeatedly(URI endpoint, int count) {
		CompletableFuture<Integer> answered = CompletableFuture.completedFuture(0);
		for (int i = 0; i < count; i++) {
			answered = answered.thenCompose((before) -> call(endpoint).thenApply((response) -> before + ok(response)));
		}
		return answered;
	}

	private static int ok(HttpResponse<String> response) {
		boolean ok = response.statusCode() == 200 && response.body().contains("SecretString");
		return ok ? 1 : 0;
	}

	private CompletableFuture<HttpResponse<String>> call(URI endpoint) {
		HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
			.timeout(Duration.ofSeconds(100))
			.header("X-Amz-Target", "secretsmanager.GetSecretValue")
			.header("Authorization", RawClient.AUTHORIZATION)
			.POST(HttpRequest.BodyPublishers.ofString(BODY))
			.build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

}
