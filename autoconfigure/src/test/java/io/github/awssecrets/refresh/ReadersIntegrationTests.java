package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.github.awssecrets.embedded.Gate;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is read while secrets rotate: never nothing, and never two versions at
 * once.
 */
@Timeout(300)
class ReadersIntegrationTests extends AbstractApplicationTests {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final int ROTATIONS = Proof.READERS.count();

	private static final String YAML = """
			app:
			  url: $<secret:prod/db.user>:$<secret:prod/db.password>@$<secret:prod/host>
			  both: ${app.user}:${app.password}
			  user: $<secret:prod/db.user>
			  password: $<secret:prod/db.password>
			  overridden: $<secret:prod/db.user>$<secret:prod/late>$<secret:prod/db.password>
			""";

	private final DrivenTime time = new DrivenTime();

	@Test
	void readsWhenSecretsRotateAreOfOneVersion() {
		put(1);
		try (ConfigurableApplicationContext context = run("publish")) {
			Counting counting = context.getBean(Counting.class);
			Readers readers = readers(context);
			try (readers) {
				for (int version = 2; version <= ROTATIONS + 1; version++) {
					put(version);
					this.time.advance(INTERVAL);
					readers.awaitLap();
				}
			}
			assertThat(readers.bad()).isEmpty();
			assertThat(counting.rotated).isEqualTo(2 * ROTATIONS);
			assertThat(counting.rejected).isZero();
			for (String name : new String[] { "url", "both", "scoped", "user", "password" }) {
				assertThat(readers.count(name, "read")).isGreaterThan((long) Readers.COUNT * ROTATIONS);
			}
			assertThat(password(ROTATIONS + 1).equals(context.getBean(App.class).getPassword())).isTrue();
		}
	}

	/**
	 * The setter waits until all have read: under Spring's way, while it is reset.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "publish", "spring" })
	void readsWhenBeansAreResetMissValues(String strategy) {
		put(1);
		try (ConfigurableApplicationContext context = run(strategy)) {
			Readers readers = readers(context);
			try (readers) {
				context.getBean(App.class).whenReset = readers::awaitLap;
				put(2);
				this.time.advance(INTERVAL);
				readers.awaitLap();
			}
			if (strategy.equals("spring")) {
				assertThat(readers.count("password", "null")).isGreaterThanOrEqualTo(Readers.COUNT);
			}
			else {
				assertThat(readers.bad()).isEmpty();
			}
			assertThat(password(2).equals(context.getBean(App.class).getPassword())).isTrue();
		}
	}

	/**
	 * The read waits between its references, as one of them is retrieved late: it is that
	 * of a property that another one overrides.
	 */
	@Test
	void propertyWhenSecretsRotateWhileItIsReadIsOfOneVersion() throws Exception {
		put(1);
		server.create("prod/late", Canary.value("prod/late", 1));
		try (ConfigurableApplicationContext context = run("publish"); Gate gate = server.gate("GetSecretValue")) {
			PropertySource<?> twin = context.getEnvironment()
				.getPropertySources()
				.stream()
				.filter((source) -> source.getName().contains("application.yml")
						&& source.containsProperty("app.overridden"))
				.findFirst()
				.orElseThrow();
			CompletableFuture<Object> read = CompletableFuture.supplyAsync(() -> twin.getProperty("app.overridden"));
			assertThat(gate.await(1, Duration.ofSeconds(60))).isTrue();
			put(2);
			this.time.advance(INTERVAL);
			assertThat(both(2).equals(context.getEnvironment().getProperty("app.both"))).isTrue();
			gate.release();
			String expected = user(1) + Canary.value("prod/late", 1) + password(1);
			assertThat(expected.equals(read.get(60, TimeUnit.SECONDS))).isTrue();
		}
	}

	@Test
	void scopedBeanWhenSecretsRotateWhileItIsBuiltIsOfOneVersion() throws Exception {
		put(1);
		try (ConfigurableApplicationContext context = run("publish")) {
			Halfway halfway = context.getBean(Halfway.class);
			Scoped scoped = context.getBean(Scoped.class);
			put(2);
			this.time.advance(INTERVAL);
			halfway.armed = true;
			CompletableFuture<String> read = CompletableFuture.supplyAsync(scoped::both);
			assertThat(halfway.reached.await(60, TimeUnit.SECONDS)).isTrue();
			halfway.armed = false;
			// What is promoted by then is read meanwhile, before the scope is cleared
			context.getBean(Counting.class).whenChanged = () -> {
				halfway.goOn.countDown();
				read.join();
			};
			put(3);
			this.time.advance(INTERVAL);
			assertThat(both(2).equals(read.get(60, TimeUnit.SECONDS))).isTrue();
			assertThat(both(3).equals(scoped.both())).isTrue();
		}
	}

	private ConfigurableApplicationContext run(String strategy) {
		return application().watched(this.time)
			.classes(Beans.class)
			.arguments("--aws.secrets.refresh.strategy=" + strategy, "--app.overridden=plain")
			.yaml(YAML)
			.run();
	}

	private static Readers readers(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		Scoped scoped = context.getBean(Scoped.class);
		App app = context.getBean(App.class);
		return Readers.start(
				new Readers.Reading("url", () -> environment.getProperty("app.url"),
						versions((version) -> both(version) + "@" + host(version))),
				new Readers.Reading("both", () -> environment.getProperty("app.both"),
						versions(ReadersIntegrationTests::both)),
				new Readers.Reading("scoped", scoped::both, versions(ReadersIntegrationTests::both)),
				new Readers.Reading("user", app::getUser, versions(ReadersIntegrationTests::user)),
				new Readers.Reading("password", app::getPassword, versions(ReadersIntegrationTests::password)));
	}

	private static Map<String, Integer> versions(IntFunction<String> text) {
		Map<String, Integer> versions = new HashMap<>();
		for (int version = 1; version <= ROTATIONS + 1; version++) {
			versions.put(text.apply(version), version);
		}
		return versions;
	}

	private static void put(int version) {
		if (version == 1) {
			server.create("prod/db", Canary.json("prod/db", version, "user", "password"));
			server.create("prod/host", host(version));
		}
		else {
			server.put("prod/db", Canary.json("prod/db", version, "user", "password"));
			server.put("prod/host", host(version));
		}
	}

	private static String user(int version) {
		return Canary.value("prod/db.user", version);
	}

	private static String password(int version) {
		return Canary.value("prod/db.password", version);
	}

	private static String both(int version) {
		return user(version) + ":" + password(version);
	}

	private static String host(int version) {
		return Canary.value("prod/host", version);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class Beans {

		@Bean
		Counting counting() {
			return new Counting();
		}

		@Bean
		Halfway halfway() {
			return new Halfway();
		}

		@Bean
		@RefreshScope
		Scoped scoped() {
			return new Scoped();
		}

	}

	public static class Scoped {

		private String user = "";

		private String password = "";

		@Autowired
		void first(@Value("${app.user}") String user, Halfway halfway) {
			this.user = user;
			halfway.pass();
		}

		@Autowired
		void second(@Value("${app.password}") String password, Halfway halfway) {
			this.password = password;
			halfway.pass();
		}

		public String both() {
			return this.user + ":" + this.password;
		}

	}

	/**
	 * Holds whoever builds a bean when half of it is done.
	 */
	static class Halfway {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private volatile boolean armed;

		void pass() {
			if (this.armed) {
				this.reached.countDown();
				try {
					this.goOn.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

	@ConfigurationProperties("app")
	public static class App {

		private volatile String user;

		private volatile String password;

		private volatile Runnable whenReset = () -> {
		};

		public String getUser() {
			return this.user;
		}

		public void setUser(String user) {
			this.user = user;
		}

		public String getPassword() {
			return this.password;
		}

		public void setPassword(String password) {
			this.password = password;
			if (password == null) {
				this.whenReset.run();
			}
		}

	}

	static class Counting {

		private volatile Runnable whenChanged = () -> {
		};

		private int rotated;

		private int rejected;

		@EventListener
		void on(EnvironmentChangeEvent event) {
			this.whenChanged.run();
		}

		@EventListener
		void on(SecretRotatedEvent event) {
			this.rotated++;
		}

		@EventListener
		void on(SecretRotationRejectedEvent event) {
			this.rejected++;
		}

	}

}
