package io.github.awssecrets.sample;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.github.awssecrets.sample.demo.EmbeddedServers;
import io.github.awssecrets.testing.Canary;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration test of {@link SampleApplication} with the profile {@code https}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HttpsIntegrationTests {

	private final AtomicInteger values = new AtomicInteger();

	@Test
	void certificateWhenRotatedIsThatOfNewConnectionsAndOfThePage(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext application = SampleApplication
			.create(new EmbeddedServers(() -> Canary.value("https", this.values.incrementAndGet())))
			.run("--server.port=0", "--spring.profiles.active=https", "--aws.secrets.watch.interval=1s")) {
			String url = "https://localhost:" + application.getEnvironment().getProperty("local.server.port");
			assertThat(output).contains("Open " + url);
			Client before = new Client(url);
			assertThat(before.page()).contains("serial number " + before.serial());
			String first = before.serial();
			assertThat(before.post("/demo/rotate/dev/tls").statusCode()).isEqualTo(200);
			Client after = Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> new Client(url), (client) -> !client.serial().equals(before.serial()));
			assertThat(after.page()).contains("serial number " + after.serial()).doesNotContain(before.serial());
			assertThat(before.page()).as("on a connection that was open").contains("serial number " + after.serial());
			assertThat(before.serial()).as("of the connection that was open").isEqualTo(first);
		}
	}

	/**
	 * A client with connections of its own, that trusts anyone and remembers whom.
	 */
	private static final class Client {

		private final String url;

		private final HttpClient client;

		private final SeenCertificate seen = new SeenCertificate();

		Client(String url) throws IOException, InterruptedException, GeneralSecurityException {
			this.url = url;
			SSLContext tls = SSLContext.getInstance("TLS");
			tls.init(null, new TrustManager[] { this.seen }, null);
			this.client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
			page();
		}

		String page() throws IOException, InterruptedException {
			return send(HttpRequest.newBuilder(URI.create(this.url)).header("Accept", "text/html")).body();
		}

		HttpResponse<String> post(String path) throws IOException, InterruptedException {
			return send(HttpRequest.newBuilder(URI.create(this.url + path)).POST(BodyPublishers.noBody()));
		}

		private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}

		String serial() {
			return this.seen.serialNumber.toString(16);
		}

	}

	/**
	 * Trusts anyone, and keeps the last serial number.
	 */
	private static final class SeenCertificate extends X509ExtendedTrustManager {

		private volatile BigInteger serialNumber = BigInteger.ZERO;

		private void see(X509Certificate[] chain) {
			this.serialNumber = chain[0].getSerialNumber();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
			see(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
			see(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
			see(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			throw new UnsupportedOperationException();
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
