package io.github.awssecrets.ssl;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;

import io.github.awssecrets.autoconfigure.SecretsSslAutoConfiguration;
import io.github.awssecrets.embedded.rotation.SelfSignedCertificate;
import io.github.awssecrets.refresh.SecretRotationRejectedEvent;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import io.github.awssecrets.testing.TlsSecrets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of SSL bundles through rotations: a server and clients with real sockets, each
 * with an SSL context that is made once.
 */
class SslBundleIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.TLS_ROTATIONS.count();

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final String YAML = """
			spring.ssl.bundle.pem:
			  web:
			    keystore:
			      certificate: $<secret:prod/tls.certificate>
			      private-key: $<secret:prod/tls.private-key>
			    truststore:
			      certificate: $<secret:prod/trust.certificates>
			  api_client:
			    keystore:
			      certificate: $<secret:prod/client.certificate>
			      private-key: $<secret:prod/client.private-key>
			    truststore:
			      certificate: $<secret:prod/trust.certificates>
			""";

	private final DrivenTime time = new DrivenTime();

	private SelfSignedCertificate serverPair = SelfSignedCertificate.of("localhost");

	private SelfSignedCertificate clientPair = SelfSignedCertificate.of("client");

	private final List<String> rejected = new ArrayList<>();

	@BeforeEach
	void create() {
		server.create("prod/tls", TlsSecrets.pair(this.serverPair));
		server.create("prod/client", TlsSecrets.pair(this.clientPair));
		server.create("prod/trust", TlsSecrets.trust(this.serverPair, this.clientPair));
	}

	@Test
	void bundlesWhenTheirSecretsRotateUnderLoadAreUpdatedInPlace(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = application().run()) {
			SslBundles bundles = context.getBean(SslBundles.class);
			AtomicInteger updates = new AtomicInteger();
			bundles.addBundleUpdateHandler("web", (updated) -> updates.incrementAndGet());
			TlsLoad load = load(bundles);
			try (load) {
				load.passConnections();
				String begun = serial(this.serverPair);
				for (int i = 0; i < ROTATIONS; i++) {
					rotateServer();
					load.passConnections();
					assertSeen(load);
					rotateClient();
					load.passConnections();
					assertSeen(load);
				}
				assertThat(load.openSerials()).as("open connections go on").containsExactly(begun);
			}
			System.out.printf("tls: %d rotations: %d connections, %d exchanges, %d failures%n", 2 * ROTATIONS,
					load.connections.get(), load.exchanges.get(), load.failures.size());
			assertThat(load.failures()).isEmpty();
			// The trusted certificates change with each, too
			assertThat(updates).hasValue(3 * ROTATIONS);
		}
		assertThat(output).doesNotContain("doesn't support SSL reloading");
	}

	/* A session from a handshake that was under way may be resumed for 10 seconds */
	private void assertSeen(TlsLoad load) {
		assertThat(load.failures()).isEmpty();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(load.connectOnce()).containsExactly(serial(this.serverPair),
					serial(this.clientPair)));
	}

	@Test
	void bundlesWhenNotFollowedKeepTheirCertificates() throws Exception {
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.autoconfigure.exclude=" + SecretsSslAutoConfiguration.class.getName())
			.run()) {
			TlsLoad load = load(context.getBean(SslBundles.class));
			try (load) {
				List<String> before = List.of(serial(this.serverPair), serial(this.clientPair));
				rotateServer();
				rotateClient();
				assertThat(context.getEnvironment().getProperty("spring.ssl.bundle.pem.web.keystore.certificate"))
					.as("the rotation has come")
					.isEqualTo(this.serverPair.certificate());
				assertThat(
						context.getEnvironment().getProperty("spring.ssl.bundle.pem.api_client.keystore.certificate"))
					.isEqualTo(this.clientPair.certificate());
				load.passConnections();
				assertThat(load.failures()).isEmpty();
				assertThat(load.connectOnce()).isEqualTo(before);
			}
		}
	}

	@Test
	void bundleWhenUpdatedHasTheNewStores() throws Exception {
		try (ConfigurableApplicationContext context = application().run()) {
			SslBundles bundles = context.getBean(SslBundles.class);
			SslBundle bundle = bundles.getBundle("web");
			rotateServer();
			assertThat(bundles.getBundle("web")).isSameAs(bundle);
			assertThat(inUse(context)).isEqualTo(serial(this.serverPair));
			assertThat(bundle.getManagers().createSslContext("TLS")).isNotNull();
		}
	}

	@Test
	void pairWhenItCannotBeUsedIsRejectedBeforeItIsApplied(CapturedOutput output) throws Exception {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Instant yesterday = now.minus(1, ChronoUnit.DAYS);
		Instant tomorrow = now.plus(1, ChronoUnit.DAYS);
		SelfSignedCertificate other = SelfSignedCertificate.of("localhost");
		SelfSignedCertificate expired = SelfSignedCertificate.of("localhost", now.minus(9, ChronoUnit.DAYS), yesterday);
		SelfSignedCertificate future = SelfSignedCertificate.of("localhost", tomorrow, now.plus(9, ChronoUnit.DAYS));
		try (ConfigurableApplicationContext context = application().run()) {
			AtomicInteger updates = new AtomicInteger();
			context.getBean(SslBundles.class).addBundleUpdateHandler("web", (updated) -> updates.incrementAndGet());
			assertRejected(context, TlsSecrets.pair(other, this.serverPair),
					"the private key is not that of the certificate");
			assertRejected(context, TlsSecrets.pair(expired), "the certificate expired at " + yesterday);
			assertRejected(context, TlsSecrets.pair(future), "the certificate is not valid before " + tomorrow);
			assertRejected(context, TlsSecrets.json(other.certificate(), Canary.value("prod/tls", 2)),
					"'spring.ssl.bundle.pem.web.keystore.private-key' is no PEM text");
			assertRejected(context, TlsSecrets.json(other.certificate(), """
					-----BEGIN PRIVATE KEY-----
					%s
					-----END PRIVATE KEY-----
					""".formatted(Canary.value("prod/tls", 3))), "the PEM text under 'spring.ssl.bundle.pem.web' "
					+ "cannot be read (java.lang.IllegalStateException)");
			assertThat(updates).hasValue(0);
			rotateServer();
			assertThat(inUse(context)).isEqualTo(serial(this.serverPair));
		}
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void pairWhenInTwoSecretsIsRejectedAtTheFirstOne() throws Exception {
		server.create("prod/key", TlsSecrets.pair(this.serverPair));
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.ssl.bundle.pem.web.keystore.private-key=$<secret:prod/key.private-key>")
			.run()) {
			SelfSignedCertificate next = SelfSignedCertificate.of("localhost");
			assertRejected(context, TlsSecrets.pair(next), "the private key is not that of the certificate");
		}
	}

	private void assertRejected(ConfigurableApplicationContext context, String content, String reason)
			throws Exception {
		this.rejected.clear();
		server.put("prod/tls", content);
		this.time.advance(INTERVAL);
		assertThat(this.rejected).containsExactly("prod/tls: " + reason);
		assertThat(inUse(context)).isEqualTo(serial(this.serverPair));
		assertThat(context.getEnvironment().getProperty("spring.ssl.bundle.pem.web.keystore.certificate"))
			.isEqualTo(this.serverPair.certificate());
	}

	@Test
	void startWhenSecretIsNoPemTextSaysSoAndNoValue(CapturedOutput output) {
		server.put("prod/tls", TlsSecrets.json(this.serverPair.certificate(), Canary.value("prod/tls", 2)));
		assertThat(FailedStart.of(application(), output).report()).isEqualTo("""
				'spring.ssl.bundle.pem.web.keystore.private-key' comes from a secret that is no PEM text.

				Action:

				Put the text of the certificate or key into the secret, from its line '-----BEGIN ...' on. \
				The location of a file cannot come from a secret.
				""");
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void startWhenPairCannotBeUsedWarns(CapturedOutput output) {
		server.put("prod/tls", TlsSecrets.pair(this.clientPair, this.serverPair));
		application().run().close();
		assertThat(output).containsOnlyOnce("SSL bundle 'web' cannot be used: the private key is not that of the "
				+ "certificate. Put a valid certificate and its key into the secret.");
	}

	private void rotateServer() {
		SelfSignedCertificate next = SelfSignedCertificate.of("localhost");
		trust(this.serverPair, next, this.clientPair);
		this.serverPair = next;
		server.put("prod/tls", TlsSecrets.pair(next));
		this.time.advance(INTERVAL);
	}

	private void rotateClient() {
		SelfSignedCertificate next = SelfSignedCertificate.of("client");
		trust(this.serverPair, next, this.clientPair);
		this.clientPair = next;
		server.put("prod/client", TlsSecrets.pair(next));
		this.time.advance(INTERVAL);
	}

	/* What is new has to be trusted before it is shown */
	private void trust(SelfSignedCertificate... certificates) {
		server.put("prod/trust", TlsSecrets.trust(certificates));
		this.time.advance(INTERVAL);
	}

	private static TlsLoad load(SslBundles bundles) throws Exception {
		SSLContext web = bundles.getBundle("web").createSslContext();
		return new TlsLoad(web, bundles.getBundle("api_client").createSslContext());
	}

	private static String inUse(ConfigurableApplicationContext context) throws Exception {
		X509Certificate certificate = (X509Certificate) context.getBean(SslBundles.class)
			.getBundle("web")
			.getStores()
			.getKeyStore()
			.getCertificate("ssl");
		return certificate.getSerialNumber().toString(16);
	}

	private static String serial(SelfSignedCertificate certificate) {
		return new BigInteger(certificate.serialNumber(), 16).toString(16);
	}

	@Override
	protected TestApplication application() {
		return super.application().watched(this.time)
			.yaml(YAML)
			.customize((application) -> application.addInitializers((context) -> context
				.addApplicationListener((ApplicationListener<PayloadApplicationEvent<Object>>) (event) -> {
					if (event.getPayload() instanceof SecretRotationRejectedEvent rejection) {
						this.rejected.add(rejection.secretId() + ": " + rejection.reason());
					}
				})));
	}

}
