package io.github.awssecrets.embedded;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for Regions, access keys, the log of calls, and requests that no SDK would send.
 */
class CallersIntegrationTests extends AbstractSdkTests {

	@Test
	void regionsAreApart() {
		this.server.create("db", "Ireland");
		this.server.inRegion("us-east-1").create("db", "Virginia");
		try (SecretsManagerClient virginia = SdkClients.inRegion(this.server, "us-east-1");
				SecretsManagerClient frankfurt = SdkClients.inRegion(this.server, "eu-central-1")) {
			assertThat(get(this.client, "db")).isEqualTo("Ireland");
			assertThat(get(virginia, "db")).isEqualTo("Virginia");
			assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
					() -> get(frankfurt, "db"));
		}
		assertThat(this.server.inRegion("us-east-1").arn("db")).startsWith("arn:aws:secretsmanager:us-east-1:");
		assertThat(this.server.calls()).extracting(Call::region)
			.containsExactly("eu-west-1", "us-east-1", "eu-central-1");
	}

	@Test
	void accessKeysAreChecked() {
		this.server.create("db", "x");
		this.server.accessKeys().allowOnly("AKIAOTHER");
		assertFails(SecretsManagerException.class, "UnrecognizedClientException",
				"The security token included in the request is invalid.", () -> get(this.client, "db"));
		this.server.accessKeys().allowOnly(SdkClients.ACCESS_KEY);
		assertThat(get(this.client, "db")).isEqualTo("x");
		this.server.accessKeys().expire(SdkClients.ACCESS_KEY);
		assertFails(SecretsManagerException.class, "ExpiredTokenException",
				"The security token included in the request is expired", () -> get(this.client, "db"));
	}

	@Test
	void callsTellWhatWasAskedAndWhatCameOfIt() {
		this.server.create("a", "x");
		get(this.client, "a");
		this.client.batchGetSecretValue((request) -> request.secretIdList("a", "missing"));
		assertFails(ResourceNotFoundException.class, "Secrets Manager can't find the specified secret.",
				() -> get(this.client, "missing"));
		assertThat(this.server.calls()).containsExactly(call("GetSecretValue", "OK", "a"),
				call("BatchGetSecretValue", "OK", "a", "missing"),
				call("GetSecretValue", "ResourceNotFoundException", "missing"));
		assertThat(this.server.calls("BatchGetSecretValue")).hasSize(1);
		assertThat(this.server.maxConcurrentCalls()).isEqualTo(1);
		this.server.clearCalls();
		assertThat(this.server.calls()).isEmpty();
	}

	@Test
	void requestWithoutAuthorizationIsRefused() throws IOException, InterruptedException {
		RawClient raw = new RawClient(this.server);
		HttpResponse<String> response = raw
			.send(raw.request("{}").header("X-Amz-Target", "secretsmanager.ListSecrets"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body())
			.isEqualTo("{\"__type\":\"MissingAuthenticationTokenException\",\"Message\":\"Missing"
					+ " Authentication Token\"}");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-amz-json-1.1");
		assertThat(this.server.calls()).extracting(Call::outcome)
			.containsExactly("MissingAuthenticationTokenException");
	}

	@Test
	void requestWithoutTokenForTheNewVersionIsRefused() throws IOException, InterruptedException {
		RawClient raw = new RawClient(this.server);
		assertMissingToken(raw.post("CreateSecret", "{\"Name\":\"a\",\"SecretString\":\"x\"}"));
		assertMissingToken(raw.post("PutSecretValue", "{\"SecretId\":\"a\",\"SecretString\":\"x\"}"));
		assertMissingToken(raw.post("UpdateSecret", "{\"SecretId\":\"a\",\"SecretString\":\"x\"}"));
	}

	@Test
	void requestThatIsNoneIsRefusedWithoutItsText() throws IOException, InterruptedException {
		RawClient raw = new RawClient(this.server);
		for (String body : new String[] { "embedded-hidden-7", "[\"embedded-hidden-7\"]", "{\"a\":embedded-hidden-7}",
				"{\"SecretId\":{\"a\":\"embedded-hidden-7\"}}", "{\"SecretId\":1}" }) {
			HttpResponse<String> response = raw.post("GetSecretValue", body);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("SerializationException").doesNotContain("embedded-hidden-7");
		}
		assertThat(raw.post("GetSecretValue", "").body()).contains("Value null at 'secretId'");
		assertThat(raw.post("GetSecretValue", "{\"SecretId\":\"" + "x".repeat(1024 * 1024) + "\"}").statusCode())
			.isEqualTo(413);
		assertThat(raw.send(raw.request("{}").header("Authorization", RawClient.AUTHORIZATION)).body())
			.contains("UnknownOperationException");
		assertThat(raw.send(raw.request("{}").GET()).statusCode()).isEqualTo(404);
	}

	private static void assertMissingToken(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).isEqualTo(
				"{\"__type\":\"InvalidRequestException\",\"Message\":\"You must provide a ClientRequestToken value."
						+ " We recommend a UUID-type value.\"}");
	}

	private Call call(String operation, String outcome, String... ids) {
		return new Call(operation, "eu-west-1", List.of(ids), outcome, this.clock.instant(), this.clock.instant());
	}

	private static String get(SecretsManagerClient client, String id) {
		return client.getSecretValue((request) -> request.secretId(id)).secretString();
	}

}
