package io.github.awssecrets.env;

import java.util.List;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references in a user's own tests: in the property sources that Spring's test
 * support adds, with an endpoint that is only known when the test runs.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.main.banner-mode=off", "aws.secrets.watch.enabled=false",
				"inlined.key=$<secret:test/keys.inlined>", "test.higher=$<secret:missing.key>", "app.names[0]=plain",
				"app.names[1]=$<secret:test/keys.name>", "app.api-key=$<secret:test/keys.api>",
				"inlined.plain=${test.key}" })
@TestPropertySource(properties = { "test.key=$<secret:test/keys.test>", "test.higher=plain" })
class SpringTestIntegrationTests {

	private static final SecretsServer server = SecretsServer.start();

	@Autowired
	private Environment environment;

	@Autowired
	private AppProperties properties;

	@Value("${dynamic.key}")
	private String value;

	@DynamicPropertySource
	static void register(DynamicPropertyRegistry registry) {
		server.create("test/keys", Canary.json("test/keys", 1, "inlined", "test", "dynamic", "name", "api"));
		server.properties().forEach((name, value) -> registry.add(name, () -> value));
		registry.add("dynamic.key", () -> "$<secret:test/keys.dynamic>");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void inlinedPropertyHasValue() {
		assertThat(this.environment.getProperty("inlined.key")).isEqualTo(secret("inlined"));
	}

	@Test
	void testPropertySourceHasValue() {
		assertThat(this.environment.getProperty("test.key")).isEqualTo(secret("test"));
		assertThat(this.environment.getProperty("inlined.plain")).isEqualTo(secret("test"));
	}

	@Test
	void dynamicPropertyHasValue() {
		assertThat(this.environment.getProperty("dynamic.key")).isEqualTo(secret("dynamic"));
	}

	@Test
	void fieldOfTestHasValue() {
		assertThat(this.value).isEqualTo(secret("dynamic"));
	}

	@Test
	void boundPropertiesHaveValues() {
		assertThat(this.properties.apiKey()).isEqualTo(secret("api"));
		assertThat(this.properties.names()).isEqualTo(List.of("plain", secret("name")));
	}

	@Test
	void testPropertySourceWinsOverInlinedProperty() {
		assertThat(this.environment.getProperty("test.higher")).isEqualTo("plain");
	}

	@Test
	void secretsAreRetrievedOnce() {
		assertThat(server.calls()).hasSize(1);
	}

	private static String secret(String key) {
		return TestContext.value("test/keys", key);
	}

	@ConfigurationProperties("app")
	record AppProperties(String apiKey, List<String> names) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties(AppProperties.class)
	static class Application {

	}

}
