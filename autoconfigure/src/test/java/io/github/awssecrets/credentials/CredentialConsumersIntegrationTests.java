package io.github.awssecrets.credentials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.autoconfigure.SecretsCredentialsAutoConfiguration;
import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.refresh.SecretRotationRejectedEvent;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests of consumers of credentials in real applications.
 */
class CredentialConsumersIntegrationTests extends AbstractApplicationTests {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final String YAML = """
			payment:
			  login:
			    client-id: $<secret:prod/payment.id>
			    client-secret: $<secret:prod/payment.secret>
			    url: https://$<secret:prod/host.name>/token
			""";

	private final DrivenTime time = new DrivenTime();

	private final Recorder recorder = new Recorder("payment.login");

	private final List<Object> events = new ArrayList<>();

	@BeforeEach
	void create() {
		server.create("prod/payment", Canary.json("prod/payment", 1, "id", "secret"));
		server.create("prod/host", "{\"name\":\"one.example.com\"}");
	}

	@Test
	void consumerWhenSecretsRotateGetsOneSetEachTime() {
		try (ConfigurableApplicationContext context = run(YAML, this.recorder)) {
			assertThat(this.recorder.taken).containsExactly(login(1, "one"));
			rotate(2);
			server.put("prod/host", "{\"name\":\"two.example.com\"}");
			poll(context);
			assertThat(this.recorder.taken).containsExactly(login(1, "one"), login(2, "two"));
			poll(context);
			assertThat(this.recorder.taken).as("nothing has rotated").hasSize(2);
			rotate(3);
			context.getBean(ContextRefresher.class).refresh();
			assertThat(this.recorder.taken).hasSize(3).last().isEqualTo(login(3, "two"));
		}
	}

	@Test
	void consumerWhenSecretRotatesIsCalledBeforeThoseWhoListen() {
		this.recorder.order = this.events;
		try (ConfigurableApplicationContext context = run(YAML, this.recorder)) {
			rotate(2);
			poll(context);
			assertThat(this.events).hasSize(3);
			assertThat(this.events).first().isEqualTo("taken");
			assertThat(this.events.get(1)).isEqualTo("taken");
			assertThat(this.events.get(2)).isInstanceOf(SecretRotatedEvent.class);
		}
	}

	@Test
	void consumerWhenOtherSecretRotatesIsNotCalled() {
		server.create("prod/other", Canary.json("prod/other", 1, "key"));
		Recorder other = new Recorder("other");
		try (ConfigurableApplicationContext context = run(YAML + "other.client-id: $<secret:prod/other.key>",
				this.recorder, other)) {
			server.put("prod/other", Canary.json("prod/other", 2, "key"));
			poll(context);
			assertThat(this.recorder.taken).hasSize(1);
			assertThat(other.taken).hasSize(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "publish", "spring" })
	void checkWhenItRefusesRejectsTheVersionBeforeAnythingHasIt(String strategy) {
		this.recorder.refused = 2;
		try (ConfigurableApplicationContext context = run(YAML + "aws.secrets.refresh.strategy: " + strategy,
				this.recorder)) {
			rotate(2);
			poll(context);
			assertThat(this.recorder.taken).hasSize(1);
			server.put("prod/host", "{\"name\":\"two.example.com\"}");
			poll(context);
			assertThat(this.recorder.taken).as("the other secret is followed")
				.containsExactly(login(1, "one"), login(1, "two"));
			assertThat(isInUse(context, 1)).isTrue();
			assertThat(this.events).filteredOn(SecretRotationRejectedEvent.class::isInstance)
				.singleElement()
				.extracting("secretId", "reason")
				.containsExactly("prod/payment", "the id is 2");
			rotate(3);
			poll(context);
			assertThat(this.recorder.taken).last().isEqualTo(login(3, "two"));
		}
	}

	@Test
	void checkWhenValueIsOfAnEnvironmentVariableTakesTheVersionBack() {
		this.recorder.refused = 2;
		try (ConfigurableApplicationContext context = application(this.recorder)
			.variable("PAYMENT_LOGIN_CLIENTID", "$<secret:prod/payment.id>")
			.variable("PAYMENT_LOGIN_CLIENTSECRET", "$<secret:prod/payment.secret>")
			.variable("PAYMENT_LOGIN_URL", "https://one.example.com/token")
			.run()) {
			rotate(2);
			poll(context);
			assertThat(this.recorder.taken).containsExactly(login(1, "one"));
			assertThat(isInUse(context, 1)).isTrue();
			rotate(3);
			poll(context);
			assertThat(this.recorder.taken).containsExactly(login(1, "one"), login(3, "one"));
		}
	}

	@Test
	void checkWhenItFailsOrNothingCanBeBoundRejectsTheVersionWithoutItsValue(CapturedOutput output) {
		CredentialConsumer<Port> port = CredentialConsumer.of("payment", Port.class, (taken) -> {
		});
		server.create("prod/port", "{\"number\":\"1\"}");
		this.recorder.failing = 2;
		try (ConfigurableApplicationContext context = run(YAML + "  port: $<secret:prod/port.number>", this.recorder,
				port)) {
			rotate(2);
			poll(context);
			server.put("prod/port", Canary.json("prod/port", 2, "number"));
			poll(context);
			assertThat(this.events).extracting("reason")
				.containsExactly("CredentialConsumer 'consumer0' cannot take it (java.lang.IllegalStateException)",
						"the properties under 'payment' cannot be bound");
			assertThat(this.recorder.taken).hasSize(1);
		}
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void acceptWhenItFailsIsCalledAgainAfterTheNextPoll(CapturedOutput output) {
		Recorder other = new Recorder("payment.login");
		try (ConfigurableApplicationContext context = run(YAML, this.recorder, other)) {
			this.recorder.failures = 1;
			rotate(2);
			poll(context);
			assertThat(other.taken).hasSize(2);
			assertThat(this.events).hasOnlyElementsOfType(SecretRotatedEvent.class).hasSize(1);
			poll(context);
			assertThat(this.recorder.taken).containsExactly(login(1, "one"), login(2, "one"));
			poll(context);
			assertThat(this.recorder.taken).hasSize(2);
		}
		assertThat(output).contains("CredentialConsumer 'consumer0' has not taken its new credentials "
				+ "(java.lang.IllegalStateException). They are offered again after the next poll.");
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void startWhenPropertiesCannotBeBoundSaysWhichAndNoValue(CapturedOutput output) {
		CredentialConsumer<Port> port = CredentialConsumer.of("payment", Port.class, (taken) -> {
		});
		FailedStart start = FailedStart.of(application(port).yaml("payment.port: $<secret:prod/payment.id>"), output);
		assertThat(start.report()).isEqualTo("""
				CredentialConsumer 'consumer0' cannot be given a Port: payment.port under 'payment' cannot be bound.

				Action:

				Correct the property, or the key of the secret that it refers to.
				""");
		assertThat(Canary.isIn(output)).isFalse();
	}

	@Test
	void startWhenThereAreNoPropertiesSaysSo(CapturedOutput output) {
		assertThat(FailedStart.of(application(this.recorder), output).report()).isEqualTo("""
				CredentialConsumer 'consumer0' cannot be given a Login: there is no property under 'payment.login'.

				Action:

				Set the properties, or remove the consumer.
				""");
	}

	@Test
	void consumerWhenNotASingletonFailsTheStart() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SecretsCredentialsAutoConfiguration.class))
			.withInitializer((context) -> ((DefaultListableBeanFactory) context.getBeanFactory())
				.registerBeanDefinition("many",
						BeanDefinitionBuilder.genericBeanDefinition(Recorder.class, () -> new Recorder("payment.login"))
							.setScope("prototype")
							.getBeanDefinition()))
			.run((context) -> assertThatException().isThrownBy(() -> context.getBean("many"))
				.withStackTraceContaining("CredentialConsumer 'many' must be a singleton"));
	}

	@Test
	void consumerWhenNothingComesFromSecretsIsCalledOnce() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SecretsCredentialsAutoConfiguration.class))
			.withBean("recorder", Recorder.class, () -> this.recorder)
			.withPropertyValues("payment.login.client-id=a", "payment.login.client-secret=b")
			.run((context) -> assertThat(this.recorder.taken).containsExactly(new Login("a", "b", null)));
	}

	private static boolean isInUse(ConfigurableApplicationContext context, int version) {
		return Canary.value("prod/payment.secret", version)
			.equals(context.getEnvironment().getProperty("payment.login.client-secret"));
	}

	private void poll(ConfigurableApplicationContext context) {
		assertThat(context.isActive()).isTrue();
		this.time.advance(INTERVAL);
	}

	private static void rotate(int version) {
		server.put("prod/payment", Canary.json("prod/payment", version, "id", "secret"));
	}

	private static Login login(int version, String host) {
		return new Login(Canary.value("prod/payment.id", version), Canary.value("prod/payment.secret", version),
				"https://%s.example.com/token".formatted(host));
	}

	private ConfigurableApplicationContext run(String yaml, CredentialConsumer<?>... consumers) {
		return application(consumers).yaml(yaml).run();
	}

	private TestApplication application(CredentialConsumer<?>... consumers) {
		return application().watched(this.time).customize((application) -> application.addInitializers((context) -> {
			DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
			for (int i = 0; i < consumers.length; i++) {
				CredentialConsumer<?> consumer = consumers[i];
				beans.registerBeanDefinition("consumer" + i,
						BeanDefinitionBuilder.genericBeanDefinition(CredentialConsumer.class, () -> consumer)
							.getBeanDefinition());
			}
			context.addApplicationListener((ApplicationListener<PayloadApplicationEvent<Object>>) this::add);
		}));
	}

	private void add(PayloadApplicationEvent<Object> event) {
		if (event.getPayload() instanceof SecretRotatedEvent
				|| event.getPayload() instanceof SecretRotationRejectedEvent) {
			this.events.add(event.getPayload());
		}
	}

	record Login(String clientId, String clientSecret, String url) {

		/* A failing assertion would print the values */
		@Override
		public String toString() {
			return "Login[%s]".formatted(this.url);
		}

	}

	record Port(int port, Map<String, String> login) {

	}

	/**
	 * Keeps what it is given, unless it is told to do something else.
	 */
	static final class Recorder implements CredentialConsumer<Login> {

		private final List<Login> taken = new ArrayList<>();

		private final String prefix;

		private List<Object> order = new ArrayList<>();

		private int failures;

		private int refused;

		private int failing;

		Recorder(String prefix) {
			this.prefix = prefix;
		}

		@Override
		public String prefix() {
			return this.prefix;
		}

		@Override
		public Class<Login> type() {
			return Login.class;
		}

		@Override
		public void check(Login credentials) {
			if (is(credentials, this.failing)) {
				throw new IllegalStateException(credentials.clientSecret());
			}
			if (is(credentials, this.refused)) {
				throw new RejectedCredentialsException("the id is " + this.refused);
			}
		}

		private static boolean is(Login credentials, int version) {
			return Canary.value("prod/payment.id", version).equals(credentials.clientId());
		}

		@Override
		public void accept(Login credentials) {
			if (this.failures > 0) {
				this.failures--;
				throw new IllegalStateException(credentials.clientSecret());
			}
			this.order.add("taken");
			this.taken.add(credentials);
		}

	}

}
