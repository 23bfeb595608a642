package io.github.awssecrets.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the examples of {@code docs/credentials.md}: they are these, and they work.
 */
class CredentialExamplesIntegrationTests extends AbstractApplicationTests {

	private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final Pattern EXAMPLE = Pattern.compile("// docs\n(.*?)\t// end", Pattern.DOTALL);

	private final DrivenTime time = new DrivenTime();

	@ParameterizedTest
	@ValueSource(strings = { "OAuth2Example", "KafkaExample" })
	void pageWhenItShowsCodeShowsThis(String example) throws IOException {
		String source = Files
			.readString(Path.of("src/test/java", getClass().getPackageName().replace('.', '/'), example + ".java"));
		String page = Files.readString(Path.of("..", "docs", "credentials.md"));
		// Classes of a file of their own are not static, and not indented
		String code = find(EXAMPLE, source).get(0).replace("static class", "class").replaceAll("(?m)^\t", "");
		assertThat(find(CODE, page.replace("    ", "\t"))).contains(code);
	}

	private static List<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((found) -> found.group(1)).toList();
	}

	@Test
	void clientRegistrationWhenSecretRotatesHasTheNewOne() {
		server.create("prod/payment", Canary.json("prod/payment", 1, "id", "secret"));
		try (ConfigurableApplicationContext context = watched().classes(OAuth2Example.PaymentClients.class).yaml("""
				payment.login:
				  client-id: $<secret:prod/payment.id>
				  client-secret: $<secret:prod/payment.secret>
				  token-uri: https://pay.example.com/token
				""").run()) {
			ClientRegistrationRepository clients = context.getBean(ClientRegistrationRepository.class);
			assertClient(clients.findByRegistrationId("payment"), 1);
			server.put("prod/payment", Canary.json("prod/payment", 2, "id", "secret"));
			this.time.advance(Duration.ofSeconds(60));
			assertClient(clients.findByRegistrationId("payment"), 2);
		}
	}

	private static void assertClient(ClientRegistration client, int version) {
		assertThat(Canary.value("prod/payment.id", version).equals(client.getClientId())).isTrue();
		assertThat(Canary.value("prod/payment.secret", version).equals(client.getClientSecret())).isTrue();
	}

	@Test
	void producersWhenSecretRotatesLogInWithTheNewOne() {
		server.create("prod/kafka", Canary.json("prod/kafka", 1, "username", "password"));
		try (ConfigurableApplicationContext context = watched()
			.classes(Producers.class, KafkaExample.KafkaConfiguration.class)
			.yaml("""
					orders.kafka:
					  username: $<secret:prod/kafka.username>
					  password: $<secret:prod/kafka.password>
					""")
			.run()) {
			DefaultKafkaProducerFactory<?, ?> producers = context.getBean(DefaultKafkaProducerFactory.class);
			assertLogin(producers, 1);
			server.put("prod/kafka", Canary.json("prod/kafka", 2, "username", "password"));
			this.time.advance(Duration.ofSeconds(60));
			assertLogin(producers, 2);
		}
	}

	/* As Kafka reads it */
	private static void assertLogin(DefaultKafkaProducerFactory<?, ?> producers, int version) {
		Object jaas = producers.getConfigurationProperties().get(SaslConfigs.SASL_JAAS_CONFIG);
		Map<String, ?> options = JaasContext
			.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(String.valueOf(jaas))))
			.configurationEntries()
			.get(0)
			.getOptions();
		assertThat(Canary.value("prod/kafka.username", version).equals(options.get("username"))).isTrue();
		assertThat(Canary.value("prod/kafka.password", version).equals(options.get("password"))).isTrue();
	}

	private TestApplication watched() {
		return application().watched(this.time);
	}

	@Configuration(proxyBeanMethods = false)
	static class Producers {

		@Bean
		DefaultKafkaProducerFactory<String, String> producers() {
			return new DefaultKafkaProducerFactory<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:9092",
					ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
					ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class));
		}

	}

}
