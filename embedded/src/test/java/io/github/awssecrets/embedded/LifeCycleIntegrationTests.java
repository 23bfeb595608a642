package io.github.awssecrets.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the life cycle of a {@link SecretsServer} and its operations on secrets.
 */
@Timeout(60)
class LifeCycleIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@Test
	void startListensOnTheLoopbackAddressOnly() {
		try (SecretsServer server = SecretsServer.start()) {
			assertThat(server.endpoint()).hasToString("http://127.0.0.1:" + server.port());
			assertThat(server.region()).isEqualTo("eu-west-1");
			assertThat(server.properties()).isEqualTo(
					Map.of("aws.secrets.endpoint", server.endpoint().toString(), "aws.secrets.region", "eu-west-1"));
			assertThat(server.names()).isEmpty();
		}
	}

	@Test
	void startWhenPortIsTakenSaysWhatToDo() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			SecretsServerBuilder builder = SecretsServer.builder().port(taken.getLocalPort());
			assertThatExceptionOfType(PortInUseException.class).isThrownBy(builder::start)
				.withMessage(
						"Port " + taken.getLocalPort() + " is already in use. Stop what listens there, choose another"
								+ " port, or use port 0 for any free one.")
				.satisfies((ex) -> assertThat(ex.getPort()).isEqualTo(taken.getLocalPort()));
		}
	}

	@Test
	void closeLeavesNoThreadAndNoPort() {
		SecretsServer server = SecretsServer.builder().secret("a = x").start();
		String threads = "aws-secrets-embedded-" + server.port() + "-";
		try (SecretsManagerClient client = SdkClients.of(server)) {
			client.getSecretValue((request) -> request.secretId("a"));
		}
		assertThat(threadNames()).anyMatch((name) -> name.startsWith(threads));
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith(threads) || thread.getName().startsWith("HTTP-Disp"))
			.allMatch(Thread::isDaemon);
		server.close();
		assertThat(threadNames()).noneMatch((name) -> name.startsWith(threads) || name.startsWith("HTTP-Dispatcher"));
		assertThatIOException().isThrownBy(() -> {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
				assertThat(socket.isConnected()).isFalse();
			}
		});
		server.close();
	}

	@Test
	void closeEndsCallsThatAreHeldBack() throws InterruptedException {
		SecretsServer server = SecretsServer.builder().secret("a = x").start();
		String threads = "aws-secrets-embedded-" + server.port() + "-";
		try (SecretsManagerClient client = SdkClients.of(server)) {
			Gate gate = server.gate("GetSecretValue");
			server.faults().add(Fault.hanging().onOperation("DescribeSecret"));
			server.faults().add(Fault.delayed(Duration.ofDays(1)).onOperation("ListSecrets"));
			CompletableFuture<?> gated = CompletableFuture.runAsync(
					() -> client.getSecretValue((request) -> request.secretId("a")), LifeCycleIntegrationTests::run);
			CompletableFuture<?> hanging = CompletableFuture.runAsync(
					() -> client.describeSecret((request) -> request.secretId("a")), LifeCycleIntegrationTests::run);
			CompletableFuture<?> delayed = CompletableFuture.runAsync(client::listSecrets,
					LifeCycleIntegrationTests::run);
			assertThat(gate.await(1, LONG)).isTrue();
			server.close();
			for (CompletableFuture<?> call : List.of(gated, hanging, delayed)) {
				// The client's own failure, or that of the connection if it tried again
				assertThatExceptionOfType(CompletionException.class).isThrownBy(call::join)
					.withCauseInstanceOf(RuntimeException.class);
			}
		}
		assertThat(threadNames()).noneMatch((name) -> name.startsWith(threads));
	}

	@Test
	void seedsComeFromLinesTextsAndFiles(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("secrets.json"), "{\"c\":\"three\"}");
		SecretsServerBuilder builder = SecretsServer.builder()
			.region("us-east-1")
			.secret("a = one")
			.seed("{\"b\":{\"two\":2}}")
			.seed(file);
		try (SecretsServer server = builder.start();
				SecretsManagerClient client = SdkClients.inRegion(server, "us-east-1")) {
			assertThat(server.names()).containsExactly("a", "b", "c");
			assertThat(client.batchGetSecretValue((request) -> request.secretIdList("a", "b", "c")).secretValues())
				.extracting((entry) -> entry.secretString())
				.containsExactly("one", "{\"two\":2}", "three");
		}
	}

	@Test
	void startWhenTwoSeedsHaveOneNameFails() {
		SecretsServerBuilder builder = SecretsServer.builder().secret("a = embedded-hidden-7").secret("a = x");
		assertRefused(builder::start, "CreateSecret of 'a' in eu-west-1: The operation failed because the secret a"
				+ " already exists. (ResourceExistsException)");
	}

	@Test
	void seedWhenFileCannotBeReadSaysSo(@TempDir Path folder) throws IOException {
		Path missing = folder.resolve("missing.json");
		assertThatIllegalArgumentException().isThrownBy(() -> SecretsServer.builder().seed(missing))
			.withMessage(missing + ": it can't be read");
		Path binary = Files.write(folder.resolve("binary.json"), new byte[] { -1, -2 });
		assertThatIllegalArgumentException().isThrownBy(() -> SecretsServer.builder().seed(binary))
			.withMessage(binary + ": it is not UTF-8");
	}

	@Test
	void resetMakesTheServerAsItWasAtFirst() {
		try (SecretsServer server = SecretsServer.builder().secret("a = {\"k\":\"one\"}").start();
				SecretsManagerClient client = SdkClients.of(server)) {
			String arn = server.arn("a");
			String version = server.versionId("a");
			server.rotate("a", "k", "two");
			server.create("b", "x");
			server.inRegion("us-east-1").create("c", "x");
			server.faults().add(Fault.throttled());
			server.gate("GetSecretValue");
			server.policy("{\"Statement\":[]}");
			server.accessKeys().allowOnly("none");
			server.reset();
			assertThat(server.names()).containsExactly("a");
			assertThat(server.arn("a")).isEqualTo(arn);
			assertThat(server.versionIds("a")).containsExactly(version);
			assertThat(server.inRegion("us-east-1").names()).isEmpty();
			assertThat(client.getSecretValue((request) -> request.secretId("a")).secretString())
				.isEqualTo("{\"k\":\"one\"}");
			assertThat(server.calls()).hasSize(1);
		}
	}

	@Test
	void operationsFollowTheRulesOfAws() {
		try (SecretsServer server = SecretsServer.start()) {
			String first = server.create("db", "{\"user\":\"app\",\"password\":\"one\"}");
			String second = server.rotate("db", "password", "two");
			String pending = server.put("db", "three", "AWSPENDING");
			assertThat(server.versionId("db")).isEqualTo(second);
			assertThat(server.versionIds("db")).containsExactly(first, second, pending);
			assertThat(server.stages(server.arn("db")))
				.isEqualTo(Map.of("AWSCURRENT", second, "AWSPREVIOUS", first, "AWSPENDING", pending));
			server.createBinary("key", new byte[] { 1 });
			server.putBinary("key", new byte[] { 2 });
			server.delete("key");
			assertThat(server.names()).containsExactly("db");
			server.delete("db", 7);
			assertThat(server.names()).containsExactly("db");
			server.restore("db");
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void operationsWhenAwsWouldRefuseThrowWithItsText() {
		try (SecretsServer server = SecretsServer.start()) {
			server.create("text", "embedded-hidden-7");
			server.createBinary("binary", new byte[] { 1 });
			assertRefused(() -> server.create("text", "x"),
					"CreateSecret of 'text' in eu-west-1: The operation failed because the secret text already exists."
							+ " (ResourceExistsException)");
			assertRefused(() -> server.put("none", "x"), "PutSecretValue of 'none' in eu-west-1: Secrets Manager can't"
					+ " find the specified secret. (ResourceNotFoundException)");
			assertRefused(() -> server.versionId("none"), "DescribeSecret of 'none' in eu-west-1: Secrets Manager can't"
					+ " find the specified secret. (ResourceNotFoundException)");
			assertRefused(() -> server.delete("text", 3),
					"DeleteSecret of 'text' in eu-west-1: The RecoveryWindowInDays"
							+ " value must be between 7 and 30 days (inclusive). (InvalidParameterException)");
			assertRefused(() -> server.rotate("text", "key", "x"), "Can't rotate text: it is not a JSON object");
			assertRefused(() -> server.rotate("binary", "key", "x"), "Can't rotate binary: it is binary");
		}
	}

	private static void assertRefused(ThrowingCallable action, String message) {
		assertThatIllegalArgumentException().isThrownBy(action).withMessage(message);
	}

	private static void run(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
	}

	private static List<String> threadNames() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

}
