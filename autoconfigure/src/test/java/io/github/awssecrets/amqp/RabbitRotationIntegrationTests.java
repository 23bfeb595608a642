package io.github.awssecrets.amqp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.awssecrets.autoconfigure.SecretsAmqpAutoConfiguration;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.OperationLoad;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of consumers and publishers under load through rotations, against a real RabbitMQ
 * that closes their connections.
 */
class RabbitRotationIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.RABBIT_ROTATIONS.count();

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final int ENOUGH = 30;

	private static final String QUEUE = "orders";

	private static final String DIRECT_QUEUE = "direct";

	private static final String ANNOTATED_QUEUE = "annotated";

	private static RabbitServer rabbit;

	private final DrivenTime time = new DrivenTime();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger repeated = new AtomicInteger();

	@BeforeAll
	static void startBroker() throws IOException {
		rabbit = RabbitServer.startOrSkip();
	}

	@AfterAll
	static void stopBroker() throws IOException {
		if (rabbit != null) {
			rabbit.close();
		}
	}

	@BeforeEach
	void create() {
		rabbit.user("app", password(1));
		rabbit.user("app_clone", password(-1));
		server.create("prod/rabbit", json("app", 1));
	}

	@Test
	void messagesWhenPasswordRotatesUnderLoadAreNotLost() {
		rotate(List.of("app"));
	}

	@Test
	void messagesWhenUsersAlternateUnderLoadAreNotLost() {
		rotate(List.of("app_clone", "app"));
	}

	private void rotate(List<String> users) {
		try (ConfigurableApplicationContext context = application().run()) {
			AtomicInteger connections = new AtomicInteger();
			context.getBean(ConnectionFactory.class)
				.addConnectionListener((connection) -> connections.incrementAndGet());
			OperationLoad load = load(context);
			try (load) {
				load.pass(ENOUGH);
				for (int i = 0; i < ROTATIONS; i++) {
					rotate(users.get(i % users.size()), i + 2);
					load.pass(ENOUGH);
					rabbit.closeConnections("app");
					rabbit.closeConnections("app_clone");
					load.pass(ENOUGH);
					assertThat(load.failures()).isEmpty();
				}
			}
			Received received = context.getBean(Received.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> received.numbers.size() >= load.done());
			System.out.printf(
					"rabbitmq: %d rotations, users %s: %d messages, %d received, %d sent again, %d logins refused%n",
					ROTATIONS, users, load.done(), received.numbers.size(), this.repeated.get(), this.refused.get());
			assertThat(received.numbers).hasSize(load.done());
			assertThat(this.refused).hasValue(0);
			assertThat(connections).as("connections were closed, and made again").hasValueGreaterThan(ROTATIONS);
		}
	}

	@Test
	void loginWhenAwsIsAheadIsRefusedOnceAndThenFollows() {
		try (ConfigurableApplicationContext context = application().run()) {
			AtomicInteger refusedLogins = countRefusedLogins(context);
			OperationLoad load = load(context);
			try (load) {
				load.pass(ENOUGH);
				rabbit.user("app", password(2));
				server.put("prod/rabbit", json("app", 2));
				rabbit.closeConnections("app");
				load.pass(ENOUGH);
				assertThat(load.failures()).isEmpty();
			}
			Received received = context.getBean(Received.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> received.numbers.size() >= load.done());
			assertThat(refusedLogins).as("by the two publishers and the consumer").hasValueBetween(1, 3);
			assertThat(context.getBean(SimpleMessageListenerContainer.class).isActive()).isTrue();
		}
	}

	@Test
	void consumersWhenLoginIsRefusedTryAgain() {
		try (ConfigurableApplicationContext context = application().classes(OtherConsumers.class).run()) {
			Received received = context.getBean(Received.class);
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			send(template, 1);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> received.numbers.contains("1"));
			AtomicInteger refusedLogins = countRefusedLogins(context);
			// Nobody but the consumers logs in, and none of them may
			rabbit.user("app", password(2));
			rabbit.closeConnections("app");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> refusedLogins.get() >= 4);
			server.put("prod/rabbit", json("app", 2));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> trySend(template, 2) && trySend(template, DIRECT_QUEUE, 3)
						&& trySend(template, ANNOTATED_QUEUE, 4));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(received.numbers).contains("2", "3", "4"));
		}
	}

	@Test
	void consumerWhenNotFollowedStopsForGood() {
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.autoconfigure.exclude=" + SecretsAmqpAutoConfiguration.class.getName())
			.run()) {
			SimpleMessageListenerContainer container = context.getBean(SimpleMessageListenerContainer.class);
			send(context.getBean(RabbitTemplate.class), 1);
			rabbit.user("app", password(2));
			rabbit.closeConnections("app");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !container.isRunning());
		}
	}

	@Test
	void settingsOfListenersWhenPasswordIsPlainOrTheyAreTheApplicationsAreLeftAlone() {
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.rabbitmq.password=" + password(1))
			.run()) {
			assertThat(context.getBean(RabbitListenerSettings.BEAN_NAME, Properties.class)).isEmpty();
		}
		try (ConfigurableApplicationContext context = application().classes(OwnSettings.class).run()) {
			assertThat(context.getBean(RabbitListenerSettings.BEAN_NAME, Properties.class)).containsOnlyKeys("own");
		}
	}

	@Test
	void loginWhenNotFollowedIsRefused() {
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.autoconfigure.exclude=" + SecretsAmqpAutoConfiguration.class.getName())
			.run()) {
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			send(template, 1);
			rotate("app", 2);
			rabbit.closeConnections("app");
			// The first attempts may find the connection that is about to close
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> !trySend(template, 2) && this.refused.get() > 0);
		}
	}

	@Test
	void loginWhenAFactoryOfTheApplicationHasThePasswordFollows() {
		try (ConfigurableApplicationContext context = application().classes(OwnFactory.class).run()) {
			assertThat(context.getBeansOfType(ConnectionFactory.class)).containsOnlyKeys("own");
			AtomicInteger refusedLogins = countRefusedLogins(context);
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			send(template, 1);
			rotate("app_clone", 2);
			rabbit.closeConnections("app");
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> trySend(template, 2));
			assertThat(refusedLogins).hasValue(0);
		}
	}

	@Test
	void loginWhenAddressesHoldThePasswordDoesNotFollow() {
		server.create("prod/addresses", addresses(1));
		try (ConfigurableApplicationContext context = application()
			.arguments("--spring.rabbitmq.addresses=$<secret:prod/addresses>", "--spring.rabbitmq.password=")
			.run()) {
			RabbitTemplate template = context.getBean(RabbitTemplate.class);
			send(template, 1);
			server.put("prod/addresses", addresses(2));
			rotate("app", 2);
			rabbit.closeConnections("app");
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> !trySend(template, 2) && this.refused.get() > 0);
		}
	}

	private static String addresses(int version) {
		return "amqp://app:%s@127.0.0.1:%d".formatted(password(version), rabbit.port());
	}

	@Test
	void autoConfigurationWhenThereIsNoRabbitMqDoesNothing() {
		try (ConfigurableApplicationContext context = super.application().watched(this.time)
			.customize((application) -> application
				.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader("com.rabbitmq"))))
			.run()) {
			assertThat(context.containsBean("secretsRabbitConnectionPostProcessor")).isFalse();
		}
		try (ConfigurableApplicationContext context = super.application().run()) {
			assertThat(context.containsBean("secretsRabbitConnectionPostProcessor")).isTrue();
		}
	}

	/* As publishers do that want no message to be lost: again, until it is confirmed */
	private OperationLoad load(ConfigurableApplicationContext context) {
		RabbitTemplate template = context.getBean(RabbitTemplate.class);
		return new OperationLoad(2, (number) -> {
			while (!trySend(template, number)) {
				this.repeated.incrementAndGet();
			}
		});
	}

	private boolean trySend(RabbitTemplate template, int number) {
		return trySend(template, QUEUE, number);
	}

	private boolean trySend(RabbitTemplate template, String queue, int number) {
		try {
			send(template, queue, number);
			return true;
		}
		catch (AmqpAuthenticationException ex) {
			this.refused.incrementAndGet();
			return false;
		}
		catch (AmqpException | ShutdownSignalException ex) {
			return false;
		}
	}

	private static AtomicInteger countRefusedLogins(ConfigurableApplicationContext context) {
		AtomicInteger count = new AtomicInteger();
		context.getBean(ConnectionFactory.class).addConnectionListener(new ConnectionListener() {

			@Override
			public void onCreate(@Nullable Connection connection) {
			}

			@Override
			public void onFailed(Exception exception) {
				if (exception instanceof PossibleAuthenticationFailureException) {
					count.incrementAndGet();
				}
			}

		});
		return count;
	}

	private static void send(RabbitTemplate template, int number) {
		send(template, QUEUE, number);
	}

	private static void send(RabbitTemplate template, String queue, int number) {
		template.invoke((operations) -> {
			operations.convertAndSend(queue, String.valueOf(number));
			operations.waitForConfirmsOrDie(10_000);
			return true;
		});
	}

	private void rotate(String user, int version) {
		rabbit.user(user, password(version));
		server.put("prod/rabbit", json(user, version));
		this.time.advance(INTERVAL);
		rabbit.user(user.equals("app") ? "app_clone" : "app", password(-version));
	}

	private static String password(int version) {
		return Canary.value("prod/rabbit.password", version);
	}

	private static String json(String user, int version) {
		return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password(version).replace("\"", "\\\""));
	}

	@Override
	protected TestApplication application() {
		return super.application().watched(this.time)
			.connecting(RabbitAutoConfiguration.class)
			.classes(Consumers.class)
			.yaml("""
					spring.rabbitmq:
					  host: 127.0.0.1
					  port: %d
					  username: $<secret:prod/rabbit.username>
					  password: $<secret:prod/rabbit.password>
					  publisher-confirm-type: simple
					""".formatted(rabbit.port()));
	}

	static final class Received {

		private final Set<String> numbers = ConcurrentHashMap.newKeySet();

	}

	@Configuration(proxyBeanMethods = false)
	static class Consumers {

		@Bean
		Received received() {
			return new Received();
		}

		@Bean
		Queue orders() {
			return new Queue(QUEUE);
		}

		@Bean
		SimpleMessageListenerContainer container(ConnectionFactory connections, Received received) {
			SimpleMessageListenerContainer container = new SimpleMessageListenerContainer(connections);
			container.setQueueNames(QUEUE);
			container.setRecoveryInterval(100);
			container.setMessageListener(
					(message) -> received.numbers.add(new String(message.getBody(), StandardCharsets.UTF_8)));
			return container;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherConsumers {

		private final Received received;

		OtherConsumers(Received received) {
			this.received = received;
		}

		@RabbitListener(queues = ANNOTATED_QUEUE)
		void receive(String number) {
			this.received.numbers.add(number);
		}

		@Bean
		Queue annotated() {
			return new Queue(ANNOTATED_QUEUE);
		}

		@Bean
		Queue direct() {
			return new Queue(DIRECT_QUEUE);
		}

		@Bean
		DirectMessageListenerContainer directContainer(ConnectionFactory connections) {
			DirectMessageListenerContainer container = new DirectMessageListenerContainer(connections);
			container.setQueueNames(DIRECT_QUEUE);
			container.setMonitorInterval(100);
			container.setRecoveryInterval(100);
			container.setMessageListener(
					(message) -> this.received.numbers.add(new String(message.getBody(), StandardCharsets.UTF_8)));
			return container;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		CachingConnectionFactory own(Environment environment) {
			CachingConnectionFactory connections = new CachingConnectionFactory("127.0.0.1", rabbit.port());
			connections.setUsername(environment.getRequiredProperty("spring.rabbitmq.username"));
			connections.setPassword(environment.getRequiredProperty("spring.rabbitmq.password"));
			connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.SIMPLE);
			return connections;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSettings {

		@Bean(name = RabbitListenerSettings.BEAN_NAME)
		Properties settings() {
			Properties settings = new Properties();
			settings.setProperty("own", "true");
			return settings;
		}

	}

}
