package io.github.awssecrets.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.awssecrets.autoconfigure.SecretsRedisAutoConfiguration;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.OperationLoad;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of connections under load through rotations, against a real Redis that closes
 * them now and then. During a rotation it takes the passwords of both versions, as those
 * of ElastiCache do.
 */
class RedisRotationIntegrationTests extends AbstractApplicationTests {

	private static final int ROTATIONS = Proof.REDIS_ROTATIONS.count();

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final int ENOUGH = 50;

	private static final String APART = """
			spring.data.redis:
			  host: 127.0.0.1
			  port: $<secret:prod/redis.port>
			  username: $<secret:prod/redis.username>
			  password: $<secret:prod/redis.password>
			  timeout: 5s
			""";

	private static RedisServer redis;

	private final DrivenTime time = new DrivenTime();

	@BeforeAll
	static void startRedis() throws IOException {
		redis = RedisServer.startOrSkip();
	}

	@AfterAll
	static void stopRedis() throws IOException {
		if (redis != null) {
			redis.close();
		}
	}

	@BeforeEach
	void create() {
		redis.removeUsers("app", "app_clone");
		redis.addPassword("app", password(1));
		server.create("prod/redis", json("app", 1));
	}

	@Test
	void connectionsWhenPasswordRotatesUnderLoadFailNothing() {
		rotate(application(APART), List.of("app"));
	}

	@Test
	void connectionsWhenUsersAlternateUnderLoadFailNothing() {
		rotate(application(APART), List.of("app_clone", "app"));
	}

	private void rotate(TestApplication application, List<String> users) {
		try (ConfigurableApplicationContext context = application.run()) {
			OperationLoad load = load(context).disturb(Duration.ofMillis(200), redis::closeConnections);
			try (load) {
				load.pass(ENOUGH);
				for (int i = 0; i < ROTATIONS; i++) {
					rotate(users.get(i % users.size()), i + 2);
					load.pass(ENOUGH);
					redis.closeConnections();
					load.pass(ENOUGH);
					assertThat(load.failures()).isEmpty();
				}
			}
			System.out.printf("redis: %d rotations, users %s: %d operations, %d aborted by the server, %d failed%n",
					ROTATIONS, users, load.done(), load.aborted(), load.failures().size());
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void connectionWhenItStaysOpenLogsInAgain() {
		try (ConfigurableApplicationContext context = application(APART).run()) {
			try (OperationLoad load = load(context)) {
				load.pass(ENOUGH);
				Set<String> open = redis.connections().keySet();
				assertThat(open).isNotEmpty();
				rotate("app_clone", 2);
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> Set.copyOf(redis.connections().values()).equals(Set.of("app_clone")));
				assertThat(redis.connections()).containsOnlyKeys(open);
				load.pass(ENOUGH);
				assertThat(load.failures()).isEmpty();
			}
		}
	}

	@Test
	void transactionWhenPasswordRotatesMeanwhileIsCommitted() {
		try (ConfigurableApplicationContext context = application(APART).run()) {
			byte[] key = bytes("transaction");
			try (RedisConnection connection = context.getBean(RedisConnectionFactory.class).getConnection()) {
				connection.multi();
				connection.stringCommands().set(key, bytes("1"));
				rotate("app_clone", 2);
				connection.stringCommands().set(key, bytes("2"));
				assertThat(connection.exec()).hasSize(2);
				assertThat(connection.stringCommands().get(key)).isEqualTo(bytes("2"));
			}
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void connectionsWhenProtocolIsResp2LogInAnewOnlyOnceTheyAreClosed() {
		try (ConfigurableApplicationContext context = application(APART).classes(Resp2.class).run()) {
			try (OperationLoad load = load(context)) {
				load.pass(ENOUGH);
				rotate("app_clone", 2);
				load.pass(ENOUGH);
				assertThat(redis.connections()).isNotEmpty().doesNotContainValue("app_clone");
				redis.closeConnections();
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> Set.copyOf(redis.connections().values()).equals(Set.of("app_clone")));
				load.pass(ENOUGH);
				assertThat(load.failures()).isEmpty();
			}
		}
	}

	@Test
	void connectionsWhenCredentialsAreInTheUrlFollow() {
		server.put("prod/redis", "{\"url\":\"redis://app:%s@127.0.0.1:%d\"}".formatted(encoded(1), redis.port()));
		try (ConfigurableApplicationContext context = application("spring.data.redis.url: $<secret:prod/redis.url>")
			.run()) {
			StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
			template.opsForValue().set("url", "1");
			redis.setPassword("app", password(2));
			server.put("prod/redis", "{\"url\":\"redis://app:%s@127.0.0.1:%d\"}".formatted(encoded(2), redis.port()));
			this.time.advance(INTERVAL);
			redis.closeConnections();
			assertThat(template.opsForValue().get("url")).isEqualTo("1");
		}
	}

	@Test
	void connectionsWhenOtherDetailsWinAreLeftAlone() {
		redis.addPassword("other", OtherDetails.PASSWORD);
		try (ConfigurableApplicationContext context = application(APART).classes(OtherDetails.class).run()) {
			StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
			template.opsForValue().set("other", "1");
			rotate("app", 2);
			redis.closeConnections();
			assertThat(template.opsForValue().get("other")).isEqualTo("1");
			assertThat(redis.connections()).containsValue("other");
		}
	}

	@Test
	void connectionsWhenNotFollowedFail() {
		try (ConfigurableApplicationContext context = application(APART)
			.arguments("--spring.autoconfigure.exclude=" + SecretsRedisAutoConfiguration.class.getName(),
					"--spring.data.redis.timeout=1s")
			.run()) {
			try (OperationLoad load = load(context)) {
				load.pass(ENOUGH);
				assertThat(load.failures()).isEmpty();
				redis.forgetRefusedUsers();
				rotate("app", 2);
				redis.closeConnections();
				load.pass(Integer.MAX_VALUE / 2);
				assertThat(load.failures()).isNotEmpty();
			}
			assertThat(redis.refusedUsers()).containsOnly("app");
		}
	}

	@Test
	void autoConfigurationWhenThereIsNoLettuceDoesNothing() {
		try (ConfigurableApplicationContext context = application(APART)
			.customize((application) -> application
				.setResourceLoader(new DefaultResourceLoader(new FilteredClassLoader("io.lettuce"))))
			.run()) {
			assertThat(context.containsBean("secretsLettuceCredentialsCustomizer")).isFalse();
		}
		try (ConfigurableApplicationContext context = application(APART).run()) {
			assertThat(context.containsBean("secretsLettuceCredentialsCustomizer")).isTrue();
		}
	}

	private static OperationLoad load(ConfigurableApplicationContext context) {
		StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
		return new OperationLoad(4, (number) -> {
			String key = "load:" + number % 100;
			template.opsForValue().set(key, "value");
			assertThat(template.opsForValue().get(key)).isEqualTo("value");
		}, (failure) -> NestedExceptionUtils.getMostSpecificCause(failure) instanceof IOException);
	}

	private void rotate(String user, int version) {
		redis.addPassword(user, password(version));
		server.put("prod/redis", json(user, version));
		this.time.advance(INTERVAL);
		redis.setPassword(user, password(version));
		String other = user.equals("app") ? "app_clone" : "app";
		redis.addPassword(other, password(version + 1000));
		redis.setPassword(other, password(version + 1000));
	}

	private static String password(int version) {
		return Canary.value("prod/redis.password", version);
	}

	private static String encoded(int version) {
		return password(version).replace("/", "%2F").replace("\"", "%22").replace("+", "%2B");
	}

	private static String json(String user, int version) {
		return "{\"port\":%d,\"username\":\"%s\",\"password\":\"%s\"}".formatted(redis.port(), user,
				password(version).replace("\"", "\\\""));
	}

	private TestApplication application(String yaml) {
		return application().watched(this.time).connecting(DataRedisAutoConfiguration.class).yaml(yaml);
	}

	static final class OtherDetails implements DataRedisConnectionDetails {

		private static final String PASSWORD = Canary.value("redis.other", 1);

		@Override
		public String getUsername() {
			return "other";
		}

		@Override
		public String getPassword() {
			return PASSWORD;
		}

		@Override
		public Standalone getStandalone() {
			return Standalone.of(RedisServer.HOST, redis.port());
		}

	}

	static final class Resp2 implements LettuceClientOptionsBuilderCustomizer {

		@Override
		public void customize(ClientOptions.Builder builder) {
			builder.protocolVersion(ProtocolVersion.RESP2);
		}

	}

}
