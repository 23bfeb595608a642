package io.github.awssecrets.adopter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.awssecrets.autoconfigure.SecretsSslAutoConfiguration;
import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import io.github.awssecrets.testing.TlsSecrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an HTTPS server that Boot starts, and of a client with mutual TLS that is made
 * once, while their certificates are rotated.
 */
class HttpsIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.TLS_ROTATIONS.count();

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private final DrivenTime time = new DrivenTime();

	private SelfSignedCertificate serverPair = SelfSignedCertificate.of("localhost");

	private SelfSignedCertificate clientPair = SelfSignedCertificate.of("client");

	@BeforeEach
	void create() {
		server.create("prod/tls", TlsSecrets.pair(this.serverPair));
		server.create("prod/client", TlsSecrets.pair(this.clientPair));
		server.create("prod/trust", TlsSecrets.trust(this.serverPair, this.clientPair));
	}

	@Test
	void serverAndClientWhenCertificatesRotateUnderLoadFollow() throws Exception {
		try (ConfigurableApplicationContext context = https().run();
				OpenConnection open = new OpenConnection(context)) {
			String begun = open.serial();
			assertThat(begun).isEqualTo(serial(this.serverPair));
			Load load = new Load(context);
			try (load) {
				for (int i = 0; i < ROTATIONS; i++) {
					rotate();
					load.passRequests();
					try (OpenConnection next = new OpenConnection(context)) {
						assertThat(next.serial()).isEqualTo(serial(this.serverPair));
						assertThat(next.get()).isEqualTo(serial(this.clientPair));
					}
					assertThat(open.get()).as("an open connection goes on").isNotEmpty();
					assertThat(open.serial()).isEqualTo(begun);
				}
				load.passUntil(serial(this.clientPair));
			}
			System.out.printf("https: %d rotations, %d requests, %d failures%n", ROTATIONS, load.served.get(),
					load.failures.size());
			assertThat(load.failures).isEmpty();
			assertThat(load.served).hasPositiveValue();
		}
	}

	@Test
	void serverWhenNotFollowedShowsItsOldCertificate() throws Exception {
		try (ConfigurableApplicationContext context = https()
			.arguments("--spring.autoconfigure.exclude=" + SecretsSslAutoConfiguration.class.getName())
			.run()) {
			String before = serial(this.serverPair);
			rotate();
			try (OpenConnection connection = new OpenConnection(context)) {
				assertThat(connection.serial()).isEqualTo(before);
			}
		}
	}

	private void rotate() {
		SelfSignedCertificate nextServer = SelfSignedCertificate.of("localhost");
		SelfSignedCertificate nextClient = SelfSignedCertificate.of("client");
		server.put("prod/trust", TlsSecrets.trust(this.serverPair, nextServer, this.clientPair, nextClient));
		this.time.advance(INTERVAL);
		this.serverPair = nextServer;
		this.clientPair = nextClient;
		server.put("prod/tls", TlsSecrets.pair(nextServer));
		server.put("prod/client", TlsSecrets.pair(nextClient));
		this.time.advance(INTERVAL);
	}

	private TestApplication https() {
		return application().watched(this.time)
			.classes(Controller.class)
			.customize((application) -> application.setWebApplicationType(WebApplicationType.SERVLET))
			.yaml("""
					server:
					  address: 127.0.0.1
					  port: 0
					  ssl:
					    bundle: web
					    client-auth: need
					spring.ssl.bundle.pem:
					  web:
					    keystore:
					      certificate: $<secret:prod/tls.certificate>
					      private-key: $<secret:prod/tls.private-key>
					    truststore:
					      certificate: $<secret:prod/trust.certificates>
					  client:
					    keystore:
					      certificate: $<secret:prod/client.certificate>
					      private-key: $<secret:prod/client.private-key>
					    truststore:
					      certificate: $<secret:prod/trust.certificates>
					""");
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
	}

	private static String serial(SelfSignedCertificate certificate) {
		return new BigInteger(certificate.serialNumber(), 16).toString(16);
	}

	@RestController
	static class Controller {

		@GetMapping("/client")
		String client(HttpServletRequest request) {
			X509Certificate[] chain = (X509Certificate[]) request
				.getAttribute("jakarta.servlet.request.X509Certificate");
			return chain[0].getSerialNumber().toString(16);
		}

		@GetMapping("/once")
		String once(HttpServletRequest request, HttpServletResponse response) {
			response.setHeader("Connection", "close");
			return client(request);
		}

	}

	/**
	 * A connection that stays open.
	 */
	private static final class OpenConnection implements AutoCloseable {

		private final SSLSocket socket;

		private final BufferedReader in;

		OpenConnection(ConfigurableApplicationContext context) throws IOException {
			SSLContext tls = context.getBean(SslBundles.class).getBundle("client").createSslContext();
			this.socket = (SSLSocket) tls.getSocketFactory()
				.createSocket(InetAddress.getLoopbackAddress(), port(context));
			this.socket.setSoTimeout(10_000);
			this.in = new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
		}

		String serial() throws IOException {
			return ((X509Certificate) this.socket.getSession().getPeerCertificates()[0]).getSerialNumber().toString(16);
		}

		String get() throws IOException {
			this.socket.getOutputStream()
				.write("GET /client HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			int length = 0;
			for (String line = this.in.readLine(); !line.isEmpty(); line = this.in.readLine()) {
				if (line.startsWith("Content-Length: ")) {
					length = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
				}
			}
			char[] body = new char[length];
			for (int read = 0; read < length; read += this.in.read(body, read, length - read)) {
				assertThat(read).isNotNegative();
			}
			return new String(body);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	/**
	 * Requests on new connections all the time, of a client that is made once.
	 */
	private static final class Load implements AutoCloseable {

		private static final int THREADS = 2;

		private final AtomicInteger served = new AtomicInteger();

		private final Queue<String> failures = new ConcurrentLinkedQueue<>();

		private final CountDownLatch stop = new CountDownLatch(1);

		private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

		private final HttpClient client;

		private final HttpRequest request;

		private volatile String last = "";

		Load(ConfigurableApplicationContext context) {
			this.client = HttpClient.newBuilder()
				.sslContext(context.getBean(SslBundles.class).getBundle("client").createSslContext())
				.build();
			this.request = HttpRequest.newBuilder(URI.create("https://localhost:%d/once".formatted(port(context))))
				.build();
			for (int i = 0; i < THREADS; i++) {
				this.threads.execute(this::run);
			}
		}

		private void run() {
			try {
				while (!this.stop.await(20, TimeUnit.MILLISECONDS)) {
					request();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void request() throws InterruptedException {
			try {
				this.last = this.client.send(this.request, BodyHandlers.ofString()).body();
				this.served.incrementAndGet();
			}
			catch (IOException ex) {
				this.failures.add(ex.toString());
			}
		}

		void passRequests() {
			int enough = this.served.get() + 10;
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.served.get() >= enough || !this.failures.isEmpty());
		}

		/**
		 * Wait until the server was shown a certificate by the latest answer: that of a
		 * request that began before the rotation may come after others.
		 */
		void passUntil(String serial) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(this.last).isEqualTo(serial));
		}

		@Override
		public void close() {
			this.stop.countDown();
			this.threads.shutdown();
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(this.threads::isTerminated);
		}

	}

}
