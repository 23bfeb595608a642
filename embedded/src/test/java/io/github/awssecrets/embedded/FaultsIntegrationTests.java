package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for faults, as the AWS SDK sees them.
 */
@Timeout(60)
class FaultsIntegrationTests extends AbstractSdkTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	@BeforeEach
	void createSecrets() {
		this.server.create("a", "value of a");
		this.server.create("b", "value of b");
	}

	@Test
	void throttledIsRetriedByTheSdk() {
		ActiveFault fault = this.server.faults().add(Fault.throttled().onOperation("GetSecretValue").times(1));
		try (SecretsManagerClient retrying = SdkClients.retrying(this.server)) {
			assertThat(retrying.getSecretValue((request) -> request.secretId("a")).secretString())
				.isEqualTo("value of a");
		}
		assertThat(fault.hits()).isEqualTo(1);
		assertThat(this.server.calls()).extracting(Call::outcome).containsExactly("ThrottlingException", "OK");
	}

	@Test
	void throttledIsRecognizedByTheSdk() {
		this.server.faults().add(Fault.throttled());
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> get("a"))
			.satisfies((ex) -> assertThat(ex.isThrottlingException()).isTrue())
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded"));
	}

	@Test
	void internalErrorHasStatus500() {
		this.server.faults().add(Fault.internalError());
		assertThatExceptionOfType(InternalServiceErrorException.class).isThrownBy(() -> get("a"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(500));
	}

	@Test
	void unavailableIsHtmlWithStatus503() {
		this.server.faults().add(Fault.unavailable());
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> get("a"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(503));
	}

	@Test
	void deniedHasTheTextOfAws() {
		this.server.faults().add(Fault.denied().forSecret("a"));
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"User: arn:aws:sts::123456789012:assumed-role/application/embedded is not authorized to perform:"
						+ " secretsmanager:GetSecretValue on resource: a because no identity-based policy allows the"
						+ " secretsmanager:GetSecretValue action",
				() -> get("a"));
		assertThat(get("b")).isEqualTo("value of b");
	}

	@Test
	void decryptionFailureIsTyped() {
		this.server.faults().add(Fault.decryptionFailure().forSecret(this.server.arn("a")));
		assertFails(DecryptionFailureException.class, "DecryptionFailure",
				"Secrets Manager can't decrypt the protected secret text using the provided KMS key.", () -> get("a"));
	}

	@Test
	void errorIsAnyError() {
		this.server.faults().add(Fault.error("InvalidRequestException", "Not today.").times(1));
		this.server.faults().add(Fault.error(504, "GatewayTimeout", "Too late."));
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> get("a"))
			.withMessageStartingWith("Not today.");
		assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> get("a"))
			.satisfies((ex) -> assertThat(ex.statusCode()).isEqualTo(504));
	}

	@Test
	void batchTellsFaultsOfSingleSecretsInErrors() {
		this.server.create("c", "value of c");
		this.server.faults().add(Fault.denied().forSecret("a"));
		this.server.faults().add(Fault.decryptionFailure().forSecret("b"));
		BatchGetSecretValueResponse response = this.client
			.batchGetSecretValue((request) -> request.secretIdList("a", this.server.arn("b"), "c"));
		assertThat(response.secretValues()).extracting(SecretValueEntry::name).containsExactly("c");
		assertThat(response.errors()).extracting(APIErrorType::secretId, APIErrorType::errorCode)
			.containsExactly(tuple("a", "AccessDeniedException"), tuple(this.server.arn("b"), "DecryptionFailure"));
		assertThat(response.errors().get(0).message())
			.contains("is not authorized to perform: secretsmanager:GetSecretValue on resource: a because");
	}

	@Test
	void batchFailsAsAWholeWhereTheFaultIsNotOfASingleSecret() {
		this.server.faults().add(Fault.internalError().forSecret("a"));
		assertThatExceptionOfType(InternalServiceErrorException.class)
			.isThrownBy(() -> this.client.batchGetSecretValue((request) -> request.secretIdList("a", "b")));
		assertThat(this.client.batchGetSecretValue((request) -> request.secretIdList("b")).secretValues()).hasSize(1);
		this.server.faults().clear();
		this.server.faults().add(Fault.denied().onOperation("BatchGetSecretValue"));
		assertFails(SecretsManagerException.class, "AccessDeniedException",
				"User: arn:aws:sts::123456789012:assumed-role/application/embedded is not authorized to perform:"
						+ " secretsmanager:BatchGetSecretValue because no identity-based policy allows the"
						+ " secretsmanager:BatchGetSecretValue action",
				() -> this.client.batchGetSecretValue((request) -> request.secretIdList("a", "b")));
	}

	@Test
	void delayedComesLate() {
		this.server.faults().add(Fault.delayed(SHORT).times(1));
		this.server.faults().add(Fault.delayed(SHORT).times(1));
		long start = System.nanoTime();
		assertThat(get("a")).isEqualTo("value of a");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT.multipliedBy(2));
	}

	@Test
	void hangingLastsUntilTheClientGivesUp() {
		this.server.faults().add(Fault.hanging());
		try (SecretsManagerClient impatient = SdkClients.impatient(this.server, SHORT)) {
			assertThatExceptionOfType(SdkClientException.class)
				.isThrownBy(() -> impatient.getSecretValue((request) -> request.secretId("a")))
				.withStackTraceContaining("Read timed out");
		}
		assertThat(this.server.calls()).singleElement().satisfies((call) -> assertThat(call.isOpen()).isTrue());
	}

	@Test
	void hangingLastsUntilRemoved() throws InterruptedException {
		Gate gate = this.server.gate("GetSecretValue");
		ActiveFault fault = this.server.faults().add(Fault.hanging().times(1));
		CompletableFuture<String> value = CompletableFuture.supplyAsync(() -> get("a"));
		assertThat(gate.await(1, Duration.ofSeconds(20))).isTrue();
		gate.release();
		assertThat(value).isNotDone();
		fault.remove();
		assertThat(value.join()).isEqualTo("value of a");
	}

	@Test
	void connectionClosedHasNoAnswer() {
		this.server.faults().add(Fault.connectionClosed().times(1));
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> get("a"))
			.withStackTraceContaining("Unexpected end of file from server");
		assertThat(this.server.calls()).extracting(Call::outcome).containsExactly("ConnectionClosed");
		assertThat(get("a")).isEqualTo("value of a");
	}

	@Test
	void truncatedBodyEndsTooEarly() {
		this.server.faults().add(Fault.truncatedBody().times(1));
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> get("a"));
		assertThat(get("a")).isEqualTo("value of a");
		assertThat(this.server.calls()).extracting(Call::outcome).containsExactly("TruncatedBody", "OK");
	}

	@Test
	void malformedBodyIsNotJson() {
		this.server.faults().add(Fault.malformedBody().times(1));
		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> get("a"));
		assertThat(get("a")).isEqualTo("value of a");
		assertThat(this.server.calls()).extracting(Call::outcome).containsExactly("MalformedBody", "OK");
	}

	@Test
	void emptyBodyIsAnAnswerWithoutAnything() {
		this.server.faults().add(Fault.emptyBody().times(1));
		assertThat(get("a")).isNull();
		assertThat(get("a")).isEqualTo("value of a");
	}

	@Test
	void spoiledAnswersCarryOutTheCallAndClosedConnectionsDoNot() {
		this.server.faults().add(Fault.emptyBody().onOperation("PutSecretValue"));
		this.client.putSecretValue((request) -> request.secretId("a").secretString("new"));
		assertThat(get("a")).isEqualTo("new");
		this.server.faults().clear();
		this.server.faults().add(Fault.connectionClosed().onOperation("PutSecretValue"));
		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> this.client.putSecretValue((request) -> request.secretId("a").secretString("lost")));
		assertThat(get("a")).isEqualTo("new");
	}

	private String get(String id) {
		return this.client.getSecretValue((request) -> request.secretId(id)).secretString();
	}

}
