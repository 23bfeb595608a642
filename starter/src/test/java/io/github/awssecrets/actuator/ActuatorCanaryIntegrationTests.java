package io.github.awssecrets.actuator;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryFragments;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing an application tells about itself has a value of a secret in it, nor
 * eight characters of one: neither endpoints, whatever they may show, nor JMX, metrics,
 * observations, names of threads and logs.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActuatorCanaryIntegrationTests {

	private static final String[] KEYS = { "password", "username", "token" };

	@RegisterExtension
	private static final SecretsServerExtension extension = SecretsServerExtension.withSecrets();

	private final SecretsServer secrets = extension.server();

	private final CanaryFragments fragments = CanaryFragments.of(Stream.of(1, 2)
		.flatMap((version) -> Stream.of(KEYS).map((key) -> Canary.value("prod/db." + key, version)))
		.toList());

	@TempDir
	private Path directory;

	@BeforeEach
	void create() {
		this.secrets.reset();
		this.secrets.create("prod/db", Canary.json("prod/db", 1, KEYS));
		this.secrets.create("prod/number", "{\"number\":1}");
	}

	@AfterEach
	void forgetLogFile() {
		// Boot hands it to the next application in this JVM otherwise
		System.clearProperty(LoggingSystemProperty.LOG_FILE.getEnvironmentVariableName());
		System.clearProperty(LoggingSystemProperty.LOG_PATH.getEnvironmentVariableName());
	}

	private WebApplication run(String... arguments) {
		return WebApplication.run(TestApplication.in(this.directory, this.secrets)
			.variable("APP_VARIABLE", "$<secret:prod/db.token>")
			.yaml("""
					spring.config.import: "secret:prod/db?prefix=imported."
					app:
					  password: $<secret:prod/db.password>
					  login: $<secret:prod/db.username>:$<secret:prod/db.password>
					  derived: x-${app.password}-${imported.token}
					  map: { key: $<secret:prod/db.token> }
					  list: [ plain, $<secret:prod/db.token> ]
					  number: $<secret:prod/number.number>
					  plain: text
					""")
			// So that there is something to tell for every endpoint
			.customize((spring) -> spring.setApplicationStartup(new BufferingApplicationStartup(2048)))
			.arguments("--logging.file.name=" + this.directory.resolve("app.log"),
					"--management.endpoint.secrets.access=unrestricted")
			.classes(Beans.class), arguments);
	}

	@ParameterizedTest
	@CsvSource({ "never, false", "always, false", "when_authorized, false", "when_authorized, true" })
	void endpointsWhenAskedForAllTheyTellHaveNoValue(String show, boolean authorized) {
		try (WebApplication application = run("--management.endpoint.env.show-values=" + show,
				"--management.endpoint.configprops.show-values=" + show, "--spring.jmx.enabled=true",
				"--management.endpoints.jmx.exposure.include=*", "--test.authorized=" + authorized)) {
			assertNoValue(application.post("/refresh", "").body());
			this.secrets.put("prod/db", Canary.json("prod/db", 2, KEYS));
			assertThat(application.post("/refresh", "").body()).contains("app.password");
			Map<String, String> answers = EndpointAnswers.of(application);
			assertThat(answers.keySet()).contains("/env", "/env/app.password", "/configprops", "/beans", "/conditions",
					"/health", "/mappings", "/metrics", "/loggers", "/threaddump", "/scheduledtasks", "/secrets",
					"/secrets/prod/db", "/secrets/policy", "/startup", "/httpexchanges", "/logfile");
			answers.forEach((path, answer) -> assertThat(leaks(answer)).as(path).isFalse());
			assertThat(answers.get("/env/app.plain").contains("\"text\""))
				.isEqualTo(show.equals("always") || authorized);
			assertThat(answers.get("/secrets/policy")).contains("GetSecretValue");
			HttpResponse<String> polled = application.post("/secrets", "");
			assertThat(polled.body()).contains("\"outcome\":\"unchanged\"");
			assertNoValue(polled.body());
			Map<String, String> attributes = ManagedBeans.read();
			assertThat(attributes).hasSizeGreaterThan(100);
			assertThat(attributes.keySet().stream().anyMatch((name) -> name.contains("type=Endpoint,name=Configprops")))
				.isTrue();
			attributes.forEach((name, value) -> assertThat(leaks(value)).as(name).isFalse());
			assertNoValue(Thread.getAllStackTraces().keySet().toString());
			assertObservationsHaveNoValue(application);
		}
	}

	private void assertObservationsHaveNoValue(WebApplication application) {
		List<String> contexts = application.context().getBean(Recorder.class).contexts;
		for (String name : List.of("aws.secrets.refresh", "aws.secrets.retrieval", "http.server.requests")) {
			assertThat(contexts.stream().anyMatch((context) -> context.contains("name='" + name + "'"))).as(name)
				.isTrue();
		}
		contexts.forEach(this::assertNoValue);
	}

	@Test
	void healthWhenScopedBeanCannotBeBuiltAnyMoreHasNoValue(CapturedOutput output) {
		try (WebApplication application = run()) {
			Reader reader = application.context().getBean("scoped", Reader.class);
			assertThat(reader.number()).isOne();
			this.secrets.put("prod/number", Canary.json("prod/number", 2, "number"));
			application.post("/refresh", "");
			try {
				reader.number();
			}
			catch (RuntimeException ex) {
				assertThat(CanaryScanner.scan("failure", ex)).isEmpty();
			}
			HttpResponse<String> health = application.get("/health");
			assertThat(health.statusCode()).isEqualTo(503);
			assertThat(health.body()).contains("refreshScope");
			assertNoValue(health.body());
			assertThat(output).contains("RefreshScopeHealthIndicator");
			assertObservationsHaveNoValue(application);
			assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
		}
	}

	@Test
	void envWhenReferenceHasNoValueAnswers() {
		try (WebApplication application = run("--aws.secrets.fail-fast=false", "--app.bad=$<secret:prod/none.key>")) {
			HttpResponse<String> all = application.get("/env");
			assertThat(all.statusCode()).isEqualTo(200);
			assertThat(application.get("/env/app.bad").statusCode()).isEqualTo(200);
			assertNoValue(all.body());
		}
	}

	/**
	 * With {@code -Dproof=trace}, all loggers; those that write what an Apache client
	 * receives are left out, and warned of.
	 */
	@Test
	void outputWhenLoggersAreAtTraceHasNoValue(CapturedOutput output) {
		String logger = (Proof.TRACE.count() > 1) ? "root" : "io.github.awssecrets";
		try (WebApplication application = run("--logging.level." + logger + "=TRACE",
				"--logging.level.software.amazon.awssdk=TRACE", "--logging.level.sun.net.www.protocol.http=TRACE",
				"--logging.level.org.apache.hc.client5.http.wire=INFO", "--logging.level.org.apache.http.wire=INFO",
				"--management.endpoint.env.show-values=always")) {
			this.secrets.put("prod/db", Canary.json("prod/db", 2, KEYS));
			application.post("/refresh", "");
			application.get("/env");
			application.get("/configprops");
		}
		assertThat(output).contains("software.amazon.awssdk.request", "TRACE", "http.HttpURLConnection");
		assertThat(leaks(output.getAll())).isFalse();
		Proof.report("trace: %s, %d characters, 0 values".formatted(logger, output.getAll().length()));
	}

	@Test
	void leaksWhenThereIsValueOrPartOfItIsTrue() {
		String value = Canary.value("prod/db.token", 2);
		assertThat(leaks("x" + value)).isTrue();
		assertThat(leaks(JsonMapper.shared().writeValueAsString(List.of(value)))).isTrue();
		assertThat(leaks(value.substring(22, 30))).isTrue();
		assertThat(leaks("nothing")).isFalse();
	}

	private boolean leaks(String text) {
		return Canary.isIn(text) || this.fragments.areIn(text);
	}

	private void assertNoValue(String text) {
		assertThat(leaks(text)).isFalse();
	}

	interface Reader {

		int number();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class Beans {

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		HttpExchangeRepository exchanges() {
			return new InMemoryHttpExchangeRepository();
		}

		@Bean
		@ConditionalOnBooleanProperty("test.authorized")
		Filter authorization() {
			return (request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

					@Override
					public Principal getUserPrincipal() {
						return () -> "operator";
					}

				}, response);
		}

		@Bean
		@RefreshScope
		NumberReader scoped() {
			return new NumberReader();
		}

	}

	static class NumberReader implements Reader {

		@Value("${app.number}")
		private int number;

		@Override
		public int number() {
			return this.number;
		}

	}

	static class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context.toString());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@ConfigurationProperties("app")
	record App(String password, String login, String derived, String variable, Map<String, String> map,
			List<String> list, String plain) {

	}

}
