package io.github.awssecrets.actuator;

import java.net.http.HttpResponse;
import java.nio.file.Path;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
			.classes(Beans.class), arguments);
	}

	@ParameterizedTest
	@ValueSource(strings = { "never", "always", "when_authorized" })
	void endpointsWhenAskedForAllTheyTellHaveNoValue(String show) {
		try (WebApplication application = run("--management.endpoint.env.show-values=" + show,
				"--management.endpoint.configprops.show-values=" + show, "--spring.jmx.enabled=true",
				"--management.endpoints.jmx.exposure.include=*")) {
			assertNoValue(application.post("/refresh", "").body());
			this.secrets.put("prod/db", Canary.json("prod/db", 2, KEYS));
			assertThat(application.post("/refresh", "").body()).contains("app.password");
			Map<String, String> answers = EndpointAnswers.of(application);
			assertThat(answers.keySet()).contains("/env", "/env/app.password", "/configprops", "/beans", "/conditions",
					"/health", "/mappings", "/metrics", "/loggers", "/threaddump", "/scheduledtasks", "/secrets",
					"/secrets/prod/db");
			answers.forEach((path, answer) -> assertThat(leaks(answer)).as(path).isFalse());
			assertThat(answers.get("/env/app.plain").contains("\"text\"")).isEqualTo(show.equals("always"));
			Map<String, String> attributes = ManagedBeans.read();
			assertThat(attributes).hasSizeGreaterThan(100);
			assertThat(attributes.keySet().stream().anyMatch((name) -> name.contains("type=Endpoint,name=Configprops")))
				.isTrue();
			attributes.forEach((name, value) -> assertThat(leaks(value)).as(name).isFalse());
			assertNoValue(Thread.getAllStackTraces().keySet().toString());
			Recorder recorder = application.context().getBean(Recorder.class);
			assertThat(recorder.contexts).as("observations").isNotEmpty();
			recorder.contexts.forEach(this::assertNoValue);
		}
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
		assertThat(output).contains("software.amazon.awssdk.request", "TRACE");
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
