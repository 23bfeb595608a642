package io.github.awssecrets.retrieval;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecretRetrieval} on networks that misbehave below HTTP, and for what
 * it leaves behind.
 */
@Timeout(60)
class RetrievalNetworkIntegrationTests {

	private static final String BODY = "{\"ARN\":\"%s\",\"Name\":\"a\",\"VersionId\":\"1\",\"VersionStages\":[\"AWSCURRENT\"],\"SecretString\":\"%s\"}"
		.formatted(FakeSecretsManager.arn("a"), Canary.value("a", 1).replace("\"", "\\\""));

	private static final SecretSelector SELECTOR = SecretSelector.current(new SecretId("a"));

	private static final Duration LONG = Duration.ofSeconds(30);

	@AfterEach
	void noThreadIsLeft() {
		assertThat(OwnThreads.alive()).isEmpty();
	}

	private static SecretRetrieval retrieval(URI endpoint) {
		return SecretRetrieval.aws(RetrievalSettings.defaults()
			.at("eu-west-1", endpoint)
			.within(Duration.ofMillis(500), RetrievalSettings.DEFAULT_CALL_TIMEOUT), List.of());
	}

	private static RetrievalFailure retrieveFailure(URI endpoint, Duration timeout) {
		try (SecretRetrieval retrieval = retrieval(endpoint)) {
			return (RetrievalFailure) retrieval.retrieve(List.of(SELECTOR), timeout).outcome(SELECTOR);
		}
	}

	@Test
	void retrieveWhenPortRefusesIsUnreachable() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		RetrievalFailure failure = retrieveFailure(URI.create("http://127.0.0.1:" + port), LONG);
		assertThat(failure.cause()).isEqualTo(Cause.UNREACHABLE);
		assertThat(failure.detail()).isEqualTo("connection refused");
		assertThat(failure.attempts()).isEqualTo(3);
	}

	@Test
	void retrieveWhenNoOneAcceptsConnectionsIsUnreachable() throws IOException {
		List<Socket> fillers = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			fill(full, fillers);
			RetrievalFailure failure = retrieveFailure(URI.create("http://127.0.0.1:" + full.getLocalPort()), LONG);
			assertThat(failure.cause()).isEqualTo(Cause.UNREACHABLE);
			assertThat(failure.detail()).isEqualTo("connection timed out");
		}
		finally {
			for (Socket filler : fillers) {
				filler.close();
			}
		}
	}

	private static void fill(ServerSocket full, List<Socket> fillers) throws IOException {
		try {
			for (int i = 0; i < 64; i++) {
				Socket socket = new Socket();
				fillers.add(socket);
				socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 300);
			}
		}
		catch (SocketTimeoutException ex) {
			// Full
		}
	}

	@Test
	void retrieveWhenServerDoesNotSpeakTlsIsUnreachable() throws IOException {
		try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> answerInPlainText(plain));
			RetrievalFailure failure = retrieveFailure(URI.create("https://127.0.0.1:" + plain.getLocalPort()), LONG);
			assertThat(failure.cause()).isEqualTo(Cause.UNREACHABLE);
			assertThat(failure.detail()).startsWith("TLS handshake failed");
			assertThat(answers).isNotDone();
		}
	}

	private static void answerInPlainText(ServerSocket plain) {
		try {
			while (true) {
				try (Socket socket = plain.accept()) {
					socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	@Test
	void retrieveWhenServerIsSilentTimesOutAndDropsTheConnection() throws Exception {
		CountDownLatch silence = new CountDownLatch(1);
		try (RawServer server = RawServer.start((output) -> awaitQuietly(silence))) {
			try (SecretRetrieval retrieval = retrieval(server.endpoint())) {
				warmUp();
				RetrievalReport report = retrieval.retrieve(List.of(SELECTOR), Duration.ofSeconds(1));
				assertThat(report.outcome(SELECTOR)).isInstanceOfSatisfying(RetrievalFailure.class,
						(failure) -> assertThat(failure.cause()).isEqualTo(Cause.TIMED_OUT));
				assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(5));
				silence.countDown();
				assertThat(server.awaitClosedByClient(1, 20_000)).isTrue();
			}
		}
	}

	@Test
	void retrieveWhenBodyDripsTimesOut() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		try (RawServer server = RawServer.start((output) -> {
			RawServer.write(output, "application/x-amz-json-1.1", 100_000, "{");
			for (int i = 0; i < 100_000; i++) {
				output.write(' ');
				output.flush();
				awaitQuietly(never, 10);
			}
		})) {
			try (SecretRetrieval retrieval = retrieval(server.endpoint())) {
				warmUp();
				RetrievalReport report = retrieval.retrieve(List.of(SELECTOR), Duration.ofSeconds(1));
				assertThat(report.outcome(SELECTOR)).isInstanceOfSatisfying(RetrievalFailure.class,
						(failure) -> assertThat(failure.cause()).isEqualTo(Cause.TIMED_OUT));
				assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(5));
			}
		}
	}

	@Test
	void retrieveWhenBodyStallsTimesOutAndCloseDoesNotWaitForIt() throws Exception {
		CountDownLatch stalled = new CountDownLatch(1);
		try (RawServer server = RawServer.start((output) -> {
			RawServer.write(output, "application/x-amz-json-1.1", 100_000, "{");
			awaitQuietly(stalled);
		})) {
			RetrievalSettings settings = RetrievalSettings.defaults()
				.at("eu-west-1", server.endpoint())
				.within(Duration.ofMillis(500), Duration.ofSeconds(2));
			try (SecretRetrieval retrieval = SecretRetrieval.aws(settings, List.of())) {
				warmUp();
				RetrievalReport report = retrieval.retrieve(List.of(SELECTOR), Duration.ofSeconds(1));
				assertThat(report.failures()).extracting(RetrievalFailure::cause).containsExactly(Cause.TIMED_OUT);
			}
			stalled.countDown();
		}
	}

	@Test
	void closeWhenCallIsUnderWayAbortsIt() throws Exception {
		CountDownLatch silence = new CountDownLatch(1);
		try (RawServer server = RawServer.start((output) -> awaitQuietly(silence))) {
			SecretRetrieval retrieval = retrieval(server.endpoint());
			CompletableFuture<RetrievalReport> report = CompletableFuture
				.supplyAsync(() -> retrieval.retrieve(List.of(SELECTOR), LONG));
			assertThat(server.awaitAccepted(1)).isTrue();
			retrieval.close();
			assertThat(OwnThreads.alive()).isEmpty();
			assertThat(report.get(20, TimeUnit.SECONDS).outcome(SELECTOR)).isInstanceOfSatisfying(
					RetrievalFailure.class, (failure) -> assertThat(failure.cause()).isEqualTo(Cause.CANCELLED));
			silence.countDown();
			assertThat(server.awaitClosedByClient(1, 20_000)).isTrue();
		}
	}

	@Test
	void closeWhenConnectionIsIdleClosesIt() throws Exception {
		try (RawServer server = RawServer
			.start((output) -> RawServer.write(output, "application/x-amz-json-1.1", BODY.length(), BODY))) {
			try (SecretRetrieval retrieval = retrieval(server.endpoint())) {
				assertThat(retrieval.retrieve(List.of(SELECTOR), LONG).versions()).hasSize(1);
				assertThat(retrieval.retrieve(List.of(SELECTOR), LONG).versions()).hasSize(1);
				assertThat(server.awaitAccepted(1)).isTrue();
			}
			// The JDK alone would keep it for five seconds
			assertThat(server.awaitClosedByClient(1, 3_000)).isTrue();
		}
	}

	// Loads what a first call loads, so that short time-outs measure the network
	private static void warmUp() throws IOException {
		try (RawServer server = RawServer
			.start((output) -> RawServer.write(output, "application/x-amz-json-1.1", BODY.length(), BODY));
				SecretRetrieval retrieval = retrieval(server.endpoint())) {
			assertThat(retrieval.retrieve(List.of(SELECTOR), LONG).versions()).hasSize(1);
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		awaitQuietly(latch, 60_000);
	}

	private static void awaitQuietly(CountDownLatch latch, long millis) {
		try {
			latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
