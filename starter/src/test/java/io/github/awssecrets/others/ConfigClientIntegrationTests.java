package io.github.awssecrets.others;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.env.SecretOrigin;
import io.github.awssecrets.env.SecretOrigins;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.encrypt.EncryptorFactory;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references in the documents of a config server, the same for each way in which
 * a client reads them.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class ConfigClientIntegrationTests {

	private static final String KEY = "a key of the test";

	@RegisterExtension
	private static final SecretsServerExtension extension = SecretsServerExtension.withSecrets();

	@TempDir
	private static Path serverDirectory;

	private static @Nullable ConfigServer configServer;

	private final SecretsServer secrets = extension.server();

	@TempDir
	private Path directory;

	@BeforeAll
	static void start() {
		configServer = ConfigServer.start(serverDirectory, "--encrypt.key=" + KEY);
	}

	@AfterAll
	static void stop() {
		configServer().close();
	}

	@BeforeEach
	void reset() {
		this.secrets.reset();
		this.secrets.create("prod/token", Canary.value("prod/token", 1));
		this.secrets.create("prod/db", Canary.json("prod/db", 1, "password", "username"));
		configServer().write("application.yml", "");
		configServer().write("orders.yml", "");
	}

	static ConfigServer configServer() {
		return Objects.requireNonNull(configServer);
	}

	/**
	 * Have an application read from a config server.
	 * @param application the application
	 * @param uri the server
	 * @param optional whether the server need not answer
	 * @return the application
	 */
	abstract TestApplication withConfigServer(TestApplication application, String uri, boolean optional);

	/**
	 * Return the name of the source of a document.
	 * @return a glob
	 */
	abstract String sourceName();

	/**
	 * Return how a property says where it stands.
	 * @param document the name of its document
	 * @param position line and column
	 * @return the place
	 */
	abstract String place(String document, String position);

	TestApplication client() {
		return client(configServer().uri(), false);
	}

	private TestApplication client(String uri, boolean optional) {
		return withConfigServer(TestApplication.in(this.directory, this.secrets)
			// The server on the same class path would disable the client
			.arguments("--spring.application.name=orders", "--spring.cloud.config.enabled=true"), uri, optional);
	}

	@Test
	void referencesWhenInDocumentsOfServerAreResolvedByClientOnly() {
		configServer().write("application.yml", """
				app:
				  user: $<secret:prod/db.username>
				  shared: $<secret:prod/shared.password>
				""");
		configServer().write("orders.yml", """
				app:
				  shared: ${app.user}/$<secret:prod/db.password>
				""");
		try (ConfigurableApplicationContext context = client().yaml("app.local: $<secret:prod/token>").run()) {
			assertSecret(context, "app.user", "prod/db.username");
			assertSecret(context, "app.local", "prod/token");
			assertThat((Canary.value("prod/db.username", 1) + "/" + Canary.value("prod/db.password", 1))
				.equals(context.getEnvironment().getProperty("app.shared"))).isTrue();
		}
		assertThat(this.secrets.calls()).hasSize(1);
		String sent = configServer().answer("/orders/default");
		assertThat(sent).contains("$<secret:prod/db.username>");
		assertThat(Canary.isIn(sent)).isFalse();
		assertThat(this.secrets.calls()).hasSize(1);
	}

	@Test
	void propertyWhenInDocumentAndLocalFileIsThatOfDocument() {
		configServer().write("orders.yml", """
				app:
				  reference: $<secret:prod/token>
				  plain: plain
				""");
		try (ConfigurableApplicationContext context = client().yaml("""
				app:
				  reference: $<secret:none/shadowed>
				  plain: $<secret:none/shadowed>
				""").run()) {
			assertSecret(context, "app.reference", "prod/token");
			assertThat(context.getEnvironment().getProperty("app.plain")).isEqualTo("plain");
		}
	}

	@Test
	void originWhenInDocumentNamesDocumentAndVersion() {
		configServer().write("orders.yml", """
				app:
				  token: $<secret:prod/token>
				""");
		try (ConfigurableApplicationContext context = client().run()) {
			ConfigurationProperty property = property(context, "app.token");
			SecretOrigin origin = SecretOrigins.find(property);
			assertThat(origin).isNotNull();
			assertThat(String.valueOf(origin.reference())).contains(place("orders.yml", "2:10"));
			assertThat(origin.versions())
				.containsExactly(Map.entry("prod/token", this.secrets.versionId("prod/token")));
		}
	}

	@Test
	void listWhenOneElementIsReferenceKeepsOthers() {
		configServer().write("orders.yml", """
				app:
				  list:
				    - plain
				    - $<secret:prod/token>
				    - "%s"
				""".formatted(encrypt("encrypted")));
		try (ConfigurableApplicationContext context = client().run()) {
			List<String> list = Binder.get(context.getEnvironment())
				.bind("app.list", Bindable.listOf(String.class))
				.get();
			assertThat(list).hasSize(3);
			assertThat(list.get(0)).isEqualTo("plain");
			assertThat(list.get(2)).isEqualTo("encrypted");
			assertThat(Canary.value("prod/token", 1).equals(list.get(1))).isTrue();
		}
	}

	@Test
	void encryptedPropertyWhenDecryptedByServerResolvesBesideReference() {
		configServer().write("orders.yml", """
				app:
				  encrypted: "%s"
				  both: ${app.encrypted}/$<secret:prod/token>
				""".formatted(encrypt("decrypted")));
		try (ConfigurableApplicationContext context = client().run()) {
			assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("decrypted");
			assertThat(("decrypted/" + Canary.value("prod/token", 1))
				.equals(context.getEnvironment().getProperty("app.both"))).isTrue();
		}
	}

	@Test
	void encryptedPropertyWhenDecryptedByClientResolvesBesideReference(@TempDir Path other) {
		this.secrets.create("prod/odd", "{cipher}" + Canary.value("prod/odd", 1));
		try (ConfigServer server = ConfigServer.start(other, "--spring.cloud.config.server.encrypt.enabled=false")) {
			server.write("orders.yml", """
					app:
					  encrypted: "%s"
					  reference: "%s"
					  odd: $<secret:prod/odd>
					  both: ${app.encrypted}/$<secret:prod/token>
					  list:
					    - "%s"
					    - $<secret:prod/token>
					""".formatted(encrypt("decrypted"), encrypt("$<secret:prod/token>"), encrypt("one")));
			try (ConfigurableApplicationContext context = client(server.uri(), false).arguments("--encrypt.key=" + KEY)
				.run()) {
				assertThat(context.getEnvironment().getProperty("app.encrypted")).isEqualTo("decrypted");
				assertSecret(context, "app.reference", "prod/token");
				assertThat(("{cipher}" + Canary.value("prod/odd", 1))
					.equals(context.getEnvironment().getProperty("app.odd"))).isTrue();
				assertThat(("decrypted/" + Canary.value("prod/token", 1))
					.equals(context.getEnvironment().getProperty("app.both"))).isTrue();
				List<String> list = Binder.get(context.getEnvironment())
					.bind("app.list", Bindable.listOf(String.class))
					.get();
				assertThat(list).hasSize(2);
				assertThat(list.get(0)).isEqualTo("one");
				assertThat(Canary.value("prod/token", 1).equals(list.get(1))).isTrue();
			}
		}
	}

	@Test
	void settingsWhenFromServerAreIgnoredWithOneWarning(CapturedOutput output) {
		configServer().write("orders.yml", """
				aws:
				  secrets:
				    endpoint: http://127.0.0.1:1
				    enabled: false
				app:
				  token: $<secret:prod/token>
				""");
		try (ConfigurableApplicationContext context = client().run()) {
			assertSecret(context, "app.token", "prod/token");
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("Ignored aws.secrets.*"))).singleElement()
			.asString()
			.contains("WARN", "orders.yml", "which may not configure the retrieval of secrets");
	}

	@Test
	void referenceWhenSourceIsNotTrustedIsRefused(CapturedOutput output) {
		configServer().write("orders.yml", "app.token: $<secret:prod/token>");
		FailedStart start = FailedStart.of(client().arguments("--aws.secrets.untrusted-sources=" + sourceName()),
				output);
		assertThat(start.report()).contains("1. app.token  in ", place("orders.yml", "1:12"), "Not trusted");
		assertThat(this.secrets.calls()).isEmpty();
	}

	@Test
	void referencesWhenOptionalServerIsDownResolve() throws IOException {
		try (ConfigurableApplicationContext context = client("http://127.0.0.1:" + closedPort(), true)
			.yaml("app.token: $<secret:prod/token>")
			.run()) {
			assertSecret(context, "app.token", "prod/token");
		}
	}

	@Test
	void refreshWhenDocumentChangedResolvesNewReferenceAndKeepsOthers() {
		configServer().write("orders.yml", "app.token: $<secret:prod/token>");
		try (ConfigurableApplicationContext context = client().run()) {
			configServer().write("orders.yml", """
					app:
					  token: $<secret:prod/token>
					  password: $<secret:prod/db.password>
					  late: "%s"
					""".formatted(encrypt("decrypted")));
			assertThat(context.getBean(ContextRefresher.class).refresh()).contains("app.password", "app.late")
				.doesNotContain("app.token");
			assertSecret(context, "app.token", "prod/token");
			assertSecret(context, "app.password", "prod/db.password");
			assertThat(context.getEnvironment().getProperty("app.late")).isEqualTo("decrypted");
			configServer().write("orders.yml", "app.token: plain");
			context.getBean(ContextRefresher.class).refresh();
			assertThat(context.getEnvironment().getProperty("app.token")).isEqualTo("plain");
			assertThat(context.getEnvironment().containsProperty("app.password")).isFalse();
		}
	}

	@Test
	void reportWhenPasswordOfClientIsReferenceSaysSoAndServerIsNotAsked(CapturedOutput output) throws IOException {
		reportWhenPasswordOfClientIs("$<secret:prod/config.password>", output);
	}

	@Test
	void reportWhenPasswordOfClientIsSpringPlaceholderSaysSoAndServerIsNotAsked(CapturedOutput output)
			throws IOException {
		reportWhenPasswordOfClientIs("${secret:prod/config.password}", output,
				"--aws.secrets.spring-placeholders=true");
	}

	@Test
	void reportWhenPasswordOfClientLeadsToSpringPlaceholderSaysSoAndServerIsNotAsked(CapturedOutput output)
			throws IOException {
		reportWhenPasswordOfClientIs("${config.password}", output, "--aws.secrets.spring-placeholders=true",
				"--config.password=${CLIENT_KEY}");
	}

	private void reportWhenPasswordOfClientIs(String password, CapturedOutput output, String... arguments)
			throws IOException {
		List<String> asked = new CopyOnWriteArrayList<>();
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			asked.add(exchange.getRequestURI().toString());
			exchange.sendResponseHeaders(404, -1);
			exchange.close();
		});
		server.start();
		try {
			TestApplication client = TestApplication.in(this.directory, this.secrets)
				.arguments("--spring.cloud.config.enabled=true")
				.arguments(arguments)
				.variable("CLIENT_KEY", "${secret:prod/config.password}");
			String origin = withPassword(client, "http://127.0.0.1:" + server.getAddress().getPort(), password);
			assertThat(FailedStart.of(client, output).report()).isEqualTo("""
					A secret reference could not be resolved:

					1. spring.cloud.config.password  in %s
					%s   A reference cannot stand here: spring.cloud.config.* is read before secrets can be retrieved.

					Action:

					1. Write the value itself, or take it from an environment variable: ${NAME}.
					""".formatted(origin, password.contains("secret:") ? "   " + password + "\n" : ""));
		}
		finally {
			server.stop(0);
		}
		assertThat(asked).isEmpty();
		assertThat(this.secrets.calls()).isEmpty();
	}

	/**
	 * Have an application read from a config server that asks for a password.
	 * @param application the application
	 * @param uri the server
	 * @param password the text of the password
	 * @return where the password stands
	 */
	abstract String withPassword(TestApplication application, String uri, String password);

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static String encrypt(String text) {
		return "{cipher}" + new EncryptorFactory().create(KEY).encrypt(text);
	}

	static void assertSecret(ConfigurableApplicationContext context, String name, String secret) {
		assertThat(Canary.value(secret, 1).equals(context.getEnvironment().getProperty(name))).as(name).isTrue();
	}

	private static ConfigurationProperty property(ConfigurableApplicationContext context, String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		throw new AssertionError(name);
	}

}
