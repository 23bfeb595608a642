package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of rotations in applications that refresh otherwise, at other times, or in other
 * contexts than usual.
 */
@Timeout(120)
class RefreshersIntegrationTests extends AbstractApplicationTests {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final String NO_REFRESHER = "Rotations of secrets do not reach beans in @RefreshScope";

	private final DrivenTime time = new DrivenTime();

	@BeforeEach
	void create() {
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void rotationWhenStrategyIsSpringsReachesBeansItsWay(boolean bootstrap) {
		assertReset(bootstrap, "spring", true);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void rotationWhenStrategyIsOursResetsNothing(boolean bootstrap) {
		assertReset(bootstrap, "publish", false);
	}

	private void assertReset(boolean bootstrap, String strategy, boolean reset) {
		TestApplication application = bootstrap ? application().bootstrap() : application();
		try (ConfigurableApplicationContext context = application.watched(this.time)
			.classes(Beans.class, ScopedBeans.class)
			.arguments("--aws.secrets.refresh.strategy=" + strategy)
			.yaml("app.token: $<secret:prod/token>")
			.run()) {
			for (int version = 2; version < 5; version++) {
				rotate(version);
				assertFollowed(context, version);
				assertToken(context.getBean(Scoped.class).getToken(), version);
			}
			assertThat(context.getBean(App.class).resets).hasValue(reset ? 3 : 0);
			assertThat(context.getBean(Events.class).changes).hasSize(3);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnRefresher.class, OtherRefresher.class })
	void rotationWhenApplicationHasRefresherOfItsOwnIsAppliedDirectly(Class<?> refresher, CapturedOutput output) {
		try (ConfigurableApplicationContext context = watched().classes(refresher).run()) {
			assertAppliedDirectly(context, output);
			assertThat(context.getBean(ContextRefresher.class).refresh()).isEmpty();
		}
	}

	@Test
	void rotationWhenThereIsNoRefresherIsAppliedDirectly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = watched().arguments("--spring.cloud.refresh.enabled=false")
			.run()) {
			assertAppliedDirectly(context, output);
		}
	}

	private void assertAppliedDirectly(ConfigurableApplicationContext context, CapturedOutput output) {
		for (int version = 2; version < 4; version++) {
			rotate(version);
			assertFollowed(context, version);
		}
		Events events = context.getBean(Events.class);
		assertThat(events.changes).containsExactly(Set.of("app.token"), Set.of("app.token"));
		assertThat(events.rotated).hasSize(2);
		assertThat(context.getBean(SecretsWatcher.class).pending()).isEmpty();
		assertThat(output.getAll().lines().filter((line) -> line.contains(NO_REFRESHER))).hasSize(1);
	}

	@Test
	void rotationWhenContextHasParentReachesBoth() {
		DrivenTime parentTime = new DrivenTime();
		try (ConfigurableApplicationContext parent = application().watched(parentTime)
			.classes(Beans.class)
			.yaml("app.token: $<secret:prod/token>")
			.run();
				ConfigurableApplicationContext child = watched()
					.customize((application) -> application.addInitializers((starting) -> starting.setParent(parent)))
					.run()) {
			server.put("prod/token", Canary.value("prod/token", 2));
			parentTime.advance(INTERVAL);
			assertFollowed(parent, 2);
			this.time.advance(INTERVAL);
			assertFollowed(child, 2);
			rotate(3);
			assertFollowed(child, 3);
			parentTime.advance(INTERVAL);
			assertFollowed(parent, 3);
		}
	}

	@Test
	void rotationWhenContextHasChildMadeByHandIsReadByBoth() {
		try (ConfigurableApplicationContext context = watched().run()) {
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context);
				child.refresh();
				rotate(2);
				assertToken(child.getEnvironment().getProperty("app.token"), 2);
			}
			rotate(3);
			assertFollowed(context, 3);
		}
	}

	@Test
	void rotationsWhenRefreshedByOthersMeanwhileAreAppliedOnce() throws Exception {
		int rotations = 20;
		Map<String, Integer> versions = new HashMap<>();
		for (int version = 1; version <= rotations + 1; version++) {
			versions.put(Canary.value("prod/token", version), version);
		}
		List<String> ids = new ArrayList<>();
		try (ConfigurableApplicationContext context = application().watched()
			.classes(Beans.class, ScopedBeans.class)
			.yaml("app.token: $<secret:prod/token>")
			.run()) {
			ContextRefresher refresher = context.getBean(ContextRefresher.class);
			Environment environment = context.getEnvironment();
			Events events = context.getBean(Events.class);
			Readers readers = Readers.start(
					new Readers.Reading("environment", () -> environment.getProperty("app.token"), versions),
					new Readers.Reading("scoped", context.getBean(Scoped.class)::getToken, versions));
			try (readers) {
				for (int version = 2; version <= rotations + 1; version++) {
					server.put("prod/token", Canary.value("prod/token", version));
					ids.add(server.versionId("prod/token"));
					context.getBean(SecretsWatcher.class).pollSoon();
					CompletableFuture<?> other = CompletableFuture.runAsync(refresher::refresh);
					refresher.refresh();
					other.get(60, TimeUnit.SECONDS);
					assertThat(events.applied.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
				}
			}
			assertThat(readers.bad()).isEmpty();
			assertFollowed(context, rotations + 1);
			assertThat(events.rotated).containsExactlyElementsOf(ids);
		}
	}

	@Test
	void refreshWhenSomebodyElseWasFasterChangesNothing() {
		try (ConfigurableApplicationContext context = watched().classes(Faster.class).run()) {
			rotate(2);
			assertFollowed(context, 2);
			assertThat(context.getBean(App.class).resets).hasValue(0);
			assertThat(context.getBean(Events.class).changes).containsExactly(Set.of("app.token"));
		}
	}

	private TestApplication watched() {
		return application().watched(this.time).classes(Beans.class).yaml("app.token: $<secret:prod/token>");
	}

	private void rotate(int version) {
		server.put("prod/token", Canary.value("prod/token", version));
		this.time.advance(INTERVAL);
	}

	private static void assertFollowed(ConfigurableApplicationContext context, int version) {
		assertToken(context.getEnvironment().getProperty("app.token"), version);
		assertToken(context.getBean(App.class).getToken(), version);
	}

	private static void assertToken(String token, int version) {
		assertThat(Canary.value("prod/token", version).equals(token)).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class Beans {

		@Bean
		Events events() {
			return new Events();
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class ScopedBeans {

		@Bean
		@org.springframework.cloud.context.config.annotation.RefreshScope
		Scoped scoped(Environment environment) {
			return new Scoped(environment.getProperty("app.token"));
		}

	}

	public static class Scoped {

		private final String token;

		Scoped(String token) {
			this.token = token;
		}

		public String getToken() {
			return this.token;
		}

	}

	@ConfigurationProperties("app")
	public static class App {

		private volatile String token;

		private final AtomicInteger resets = new AtomicInteger();

		public String getToken() {
			return this.token;
		}

		public void setToken(String token) {
			this.token = token;
			this.resets.addAndGet((token != null) ? 0 : 1);
		}

	}

	static class Events {

		private final List<Set<String>> changes = new CopyOnWriteArrayList<>();

		private final List<String> rotated = new CopyOnWriteArrayList<>();

		private final Semaphore applied = new Semaphore(0);

		@EventListener
		void on(EnvironmentChangeEvent event) {
			this.changes.add(event.getKeys());
		}

		@EventListener
		void on(SecretRotatedEvent event) {
			this.rotated.add(event.newVersionId());
			this.applied.release();
		}

	}

	/**
	 * Takes the place of ours.
	 */
	static class OwnRefresher extends ConfigDataContextRefresher {

		OwnRefresher(ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties) {
			super(context, scope, properties);
		}

	}

	/**
	 * Is asked instead of ours.
	 */
	@Primary
	static class OtherRefresher extends ContextRefresher {

		OtherRefresher(ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties) {
			super(context, scope, properties);
		}

		@Override
		protected void updateEnvironment() {
			// Nothing to update
		}

	}

	/**
	 * Refreshes before the refresh that was asked for.
	 */
	record Faster(ContextRefresher refresher) {

		@EventListener
		@Order(Ordered.HIGHEST_PRECEDENCE)
		void on(RefreshEvent event) throws Exception {
			this.refresher.refresh();
		}

	}

}
