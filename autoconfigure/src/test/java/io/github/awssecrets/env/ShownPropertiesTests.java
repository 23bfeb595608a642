package io.github.awssecrets.env;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.awssecrets.actuate.SecretsSanitizingFunction;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint.PropertySourceEntryDescriptor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what Boot's endpoints show of properties, although they may show everything.
 */
class ShownPropertiesTests {

	private static final String MASK = SanitizableData.SANITIZED_VALUE;

	private final TestContext context = new TestContext();

	@BeforeEach
	void secrets() {
		this.context.keys("prod/db", "password", "username", "host")
			.keys("prod/api", "username", "key")
			.secret("prod/rds",
					"{\"engine\":\"postgres\",\"host\":\"db.internal\",\"port\":5432,\"dbname\":\"orders\","
							+ Canary.json("prod/rds", 1, "username", "password").substring(1))
			.secret("rds!cluster-1", Canary.json("rds!cluster-1", 1, "username", "password"));
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void envWhenPropertyIsReferenceMasksValueAndShowsReference() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		assertThat(env("app.password")).containsExactly(Map.entry("awsSecretsTwin-application.yml", MASK),
				Map.entry("application.yml", "$<secret:prod/db.password>"));
		assertThat(summary("app.password")).isEqualTo(MASK);
	}

	@Test
	void envWhenReferenceHasDefaultHidesDefault() {
		this.context.yaml("app.password: x-$<secret:prod/db.password:changeit>").start();
		assertThat(env("app.password")).containsEntry("application.yml", "x-$<secret:prod/db.password:***>");
	}

	@Test
	void envWhenReferenceIsMalformedMasksIt() {
		this.context.variable("AWS_SECRETS_FAIL_FAST", "false").yaml("app.password: $<secret:prod/db.>").start();
		assertThat(shown().read(() -> env("app.password").values())).containsOnly(MASK);
	}

	@Test
	void envWhenPropertyIsComposedMasksItWhole() {
		this.context.yaml("app.url: jdbc:x://h/?user=$<secret:prod/db.username>&p=$<secret:prod/db.password>").start();
		assertThat(env("app.url")).containsEntry("awsSecretsTwin-application.yml", MASK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${app.password}", "x-${app.password}-y", "${none:${app.password}}", "${app.${which}}",
			"${APP_VARIABLE}", "${app.variable}" })
	void envWhenPropertyIsDerivedMasksIt(String text) {
		this.context.variable("APP_VARIABLE", "$<secret:prod/db.password>").yaml("""
				which: password
				app.password: $<secret:prod/db.password>
				app.derived: "%s"
				""".formatted(text)).start();
		assertThat(env("app.derived").values()).containsOnly(MASK);
	}

	@Test
	void envWhenVariableIsReferenceMasksItByBothNames() {
		this.context.variable("APP_PASSWORD", "$<secret:prod/db.password>").start();
		assertThat(env("APP_PASSWORD")).containsEntry("awsSecretsTwin-systemEnvironment", MASK);
		assertThat(env("app.password")).containsEntry("awsSecretsTwin-systemEnvironment", MASK);
	}

	@Test
	void envWhenPropertyIsSiblingInListShowsIt() {
		this.context.yaml("""
				app.list:
				  - plain
				  - $<secret:prod/db.password>
				""").start();
		assertThat(env("app.list[0]").values()).containsOnly("plain");
		assertThat(env("app.list[1]")).containsEntry("awsSecretsTwin-application.yml", MASK);
	}

	@Test
	void envWhenPropertyIsPlainShowsIt() {
		this.context.yaml("""
				app.plain: text
				app.derived: ${app.plain}/x
				app.escaped: \\$<secret:prod/db.password>
				app.password: $<secret:prod/db.password>
				""").start();
		assertThat(env("app.plain").values()).containsOnly("text");
		assertThat(env("app.derived").values()).containsOnly("text/x");
		assertThat(env("app.escaped").values()).contains("\\$<secret:prod/db.password>");
	}

	@Test
	void envWhenSourceIsUnknownMasksDerivedProperty() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		this.context.environment()
			.getPropertySources()
			.addFirst(new MapPropertySource("manager", Map.of("x", "-${app.password}-")));
		this.context.environment().getPropertySources().addLast(new PropertySource<>("remote", new Object()) {

			@Override
			public Object getProperty(String name) {
				return name.equals("x") ? "${app.password}" : null;
			}

		});
		assertThat(env("x").values()).containsExactly(MASK, MASK);
	}

	@Test
	void envWhenPropertyCarriesOthersMasksThem() {
		this.context.yaml("app.password: $<secret:prod/db.password>")
			.systemProperty("sun.java.command", "app.jar --y=${app.password} --x=$<secret:prod/db.password:changeit>")
			.start();
		assertThat(env("sun.java.command").values()).containsOnly(MASK);
	}

	@Test
	void envWhenSpringPlaceholderIsReferenceMasksIt() {
		this.context.properties("higher", "aws.secrets.spring-placeholders", "true")
			.yaml("app.password: ${secret:prod/db.password}")
			.start();
		assertThat(env("app.password").values()).containsOnly(MASK);
	}

	@Test
	void envWhenKeyOfDatabaseIsNotConfidentialShowsIt() {
		this.context.yaml("""
				app:
				  url: jdbc:postgresql://$<secret:prod/rds.host>:$<secret:prod/rds#/port>/$<secret:prod/rds#dbname>
				  password: $<secret:prod/rds.password>
				  both: $<secret:prod/rds.host>/$<secret:prod/rds.password>
				  managed: $<secret:rds!cluster-1.username>
				  other: $<secret:prod/api.username>
				""").start();
		assertThat(summary("app.url")).isEqualTo("jdbc:postgresql://db.internal:5432/orders");
		assertThat(summary("app.password")).isEqualTo(MASK);
		assertThat(summary("app.both")).isEqualTo(MASK);
		assertThat(Objects.equals(summary("app.managed"), TestContext.value("rds!cluster-1", "username"))).isTrue();
		assertThat(summary("app.other")).as("of no database").isEqualTo(MASK);
	}

	@Test
	void envWhenShownKeysAreConfiguredShowsThoseOnly() {
		this.context.properties("higher", "aws.secrets.shown-keys", "engine").yaml("""
				app.host: $<secret:prod/rds.host>
				app.engine: $<secret:prod/rds.engine>
				""").start();
		assertThat(summary("app.host")).isEqualTo(MASK);
		assertThat(summary("app.engine")).isEqualTo("postgres");
	}

	@Test
	void readWhenReferenceHasNoValueIsMaskedAndRetrievesNothing() {
		this.context.retrieval().failure("prod/denied", RetrievalFailure.Cause.ACCESS_DENIED);
		this.context.properties("higher", "aws.secrets.fail-fast", "false", "app.shadowed", "plain")
			.variable("APP_VARIABLE", "$<secret:prod/denied.password>")
			.yaml("""
					app.denied: $<secret:prod/denied.password>
					app.derived: ${app.denied}
					app.shadowed: $<secret:prod/shadowed.password>
					""")
			.start();
		int calls = this.context.retrieval().calls();
		ShownProperties shown = shown();
		Map<String, String> values = shown.read(() -> Map.of("denied", this.context.property("app.denied"), "derived",
				this.context.property("app.derived"), "variable", this.context.property("APP_VARIABLE")));
		assertThat(values.values()).containsOnly(MASK);
		assertThat(shown.<Object>read(() -> this.context.environment()
			.getPropertySources()
			.get("awsSecretsTwin-application.yml")
			.getProperty("app.shadowed"))).isEqualTo(MASK);
		assertThat(this.context.retrieval().calls()).isEqualTo(calls);
	}

	@Test
	void readWhenItEndsAnswersWithValuesAgain() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		assertThat(shown().<String>read(() -> this.context.property("app.password"))).isEqualTo(MASK);
		assertThat(TestContext.value("prod/db", "password").equals(this.context.property("app.password"))).isTrue();
	}

	@Test
	void readWhenItIsInsideAPictureGoesBackToThat() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		SecretsEnvironment secrets = Objects.requireNonNull(SecretsEnvironment.find(this.context.environment()));
		secrets.beginPicture(Set.of());
		assertThat(shown().<String>read(() -> this.context.property("app.password"))).isEqualTo(MASK);
		assertThat(TestContext.value("prod/db", "password").equals(this.context.property("app.password"))).isTrue();
		assertThat(secrets.endPicture()).isTrue();
	}

	@Test
	void configpropsWhenBoundFromSecretsMasksAllOfThem() {
		this.context.variable("APP_FROM_VARIABLE", "$<secret:prod/db.password>").yaml("""
				db.password: $<secret:prod/db.password>
				app:
				  plain: text
				  api-key: $<secret:prod/db.password>
				  derived: x-${db.password}
				  list: a,$<secret:prod/db.password>
				  elements: [ plain, $<secret:prod/db.password> ]
				  map: { key: $<secret:prod/db.password>, plain: text }
				  uri: http://$<secret:prod/rds.host>/x
				""").start(Bound.class);
		String answer = configprops();
		assertThat(Canary.isIn(answer)).isFalse();
		assertThat(answer).contains("\"plain\":\"text\"", "\"apiKey\":\"******\"", "\"derived\":\"******\"",
				"\"fromVariable\":\"******\"", "\"list\":[\"******\",\"******\"]",
				"\"elements\":[\"plain\",\"******\"]", "\"key\":\"******\"", "\"uri\":\"http://db.internal/x\"");
	}

	@Test
	void maskedWhenSourceIsNotKnownTellsByNameAndByValue() {
		this.context.yaml("app.api-key: $<secret:prod/db.password>").start();
		assertThat(shown().masked(null, "app.apiKey", "any")).isEqualTo(MASK);
		assertThat(shown().masked(null, "app.apiKey.part", "any")).isEqualTo(MASK);
		assertThat(shown().masked(null, "app.made", "Basic " + TestContext.value("prod/db", "password")))
			.isEqualTo(MASK);
		assertThat(shown().masked(null, "app.made", "Basic any")).isNull();
	}

	@Test
	void maskedWhenValueHoldsAnyKeyOfAnImportedOrWholeSecretIsMasked() {
		this.context.imported("secret:prod/db?prefix=db.").yaml("app.api: $<secret:prod/api>").start();
		assertThat(shown().masked(null, "x", "-" + TestContext.value("prod/db", "host"))).isEqualTo(MASK);
		assertThat(shown().masked(null, "x", "-" + TestContext.value("prod/api", "key"))).isEqualTo(MASK);
	}

	@Test
	void maskedWhenValueHoldsAKeyThatIsNotUsedShowsIt() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		assertThat(shown().masked(null, "x", "-" + TestContext.value("prod/db", "host"))).isNull();
	}

	@Test
	void maskedWhenValueIsTooShortToTellIsTakenForAnother() {
		this.context.secret("prod/pin", "{\"five\":\"12345\",\"six\":\"123456\"}")
			.yaml("app.five: $<secret:prod/pin.five>\napp.six: $<secret:prod/pin.six>")
			.start();
		assertThat(shown().masked(null, "x", "123456")).isEqualTo(MASK);
		assertThat(shown().masked(null, "x", "<12345>")).isNull();
		assertThat(shown().masked(null, "x", "12345")).isNull();
	}

	@Test
	void maskedWhenUnknownSourceLeadsToAShortSecretIsMasked() {
		this.context.secret("prod/pin", "{\"five\":\"12345\"}").yaml("app.five: $<secret:prod/pin.five>").start();
		PropertySource<?> manager = new MapPropertySource("manager", Map.of("x", "${app.five}", "y", "12345"));
		assertThat(shown().masked(manager, "x", "12345")).isEqualTo(MASK);
		assertThat(shown().masked(manager, "y", "12345")).isNull();
	}

	@Test
	void maskedWhenKeyIsShownTellsSoByAnyName() {
		this.context.variable("APP_HOST", "$<secret:prod/rds.host>").start();
		PropertySource<?> twin = this.context.environment()
			.getPropertySources()
			.get("awsSecretsTwin-systemEnvironment");
		assertThat(shown().masked(twin, "APP_HOST", "db.internal")).isNull();
		assertThat(shown().masked(twin, "app.host", "db.internal")).isNull();
		assertThat(shown().masked(twin, "app.other", "db.internal")).isEqualTo(MASK);
		assertThat(shown().masked(null, "app.host", "db.internal")).isNull();
	}

	@Test
	void maskedWhenTextOfReferenceHasNoDefaultIsShownAsItIs() {
		this.context.yaml("app.password: $<secret:prod/db.password>").start();
		PropertySource<?> file = new MapPropertySource("file", Map.of());
		assertThat(shown().masked(file, "x", "\\$<secret:a.b> $<secret:prod/db.password>")).isNull();
		assertThat(shown().masked(file, "x", "$<secret:prod/db.password:changeit>"))
			.isEqualTo("$<secret:prod/db.password:***>");
	}

	@Test
	void configpropsWhenNothingMasksShowsValues() {
		this.context.yaml("app.api-key: $<secret:prod/db.password>").start(Bound.class);
		ConfigurationPropertiesReportEndpoint endpoint = new ConfigurationPropertiesReportEndpoint(List.of(),
				Show.ALWAYS);
		endpoint.setApplicationContext(this.context.context());
		assertThat(Canary.isIn(JsonMapper.shared().writeValueAsString(endpoint.configurationProperties()))).isTrue();
	}

	private ShownProperties shown() {
		return Objects.requireNonNull(SecretsEnvironment.find(this.context.environment())).shown();
	}

	private EnvironmentEndpoint endpoint() {
		return new EnvironmentEndpoint(this.context.environment(), List.of(new SecretsSanitizingFunction(shown())),
				Show.ALWAYS);
	}

	private Map<String, Object> env(String name) {
		String all = JsonMapper.shared().writeValueAsString(endpoint().environment(null));
		assertThat(Canary.isIn(all.replace(TestContext.value("rds!cluster-1", "username"), ""))).isFalse();
		return endpoint().environmentEntry(name)
			.getPropertySources()
			.stream()
			.filter((source) -> source.getProperty() != null)
			.collect(Collectors.toMap(PropertySourceEntryDescriptor::getName,
					(source) -> Objects.requireNonNull(source.getProperty()).getValue(), (one, other) -> one,
					LinkedHashMap::new));
	}

	private Object summary(String name) {
		return Objects.requireNonNull(endpoint().environmentEntry(name).getProperty()).getValue();
	}

	private String configprops() {
		ConfigurationPropertiesReportEndpoint endpoint = new ConfigurationPropertiesReportEndpoint(
				List.of(new SecretsSanitizingFunction(shown())), Show.ALWAYS);
		endpoint.setApplicationContext(this.context.context());
		return JsonMapper.shared().writeValueAsString(endpoint.configurationProperties());
	}

	@EnableConfigurationProperties(App.class)
	static class Bound {

	}

	@ConfigurationProperties("app")
	record App(String plain, String apiKey, String derived, String fromVariable, List<String> list,
			List<String> elements, Map<String, String> map, URI uri) {

	}

}
