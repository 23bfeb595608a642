package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.Gate;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of stopping and starting what watches, with its real threads.
 */
@Timeout(120)
class WatchLifecycleIntegrationTests extends AbstractApplicationTests {

	private static final int TIMES = 20;

	/* Half a second is what may pass; the rest is for a slow machine */
	private static final Duration SOON = Duration.ofSeconds(3);

	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	@BeforeEach
	void create() {
		server.create("prod/token", Canary.value("prod/token", 1));
	}

	@Test
	void watcherWhenStoppedAndStartedHasOneThreadAndFollows() throws InterruptedException {
		try (ConfigurableApplicationContext context = run()) {
			SecretsWatchLifecycle lifecycle = context.getBean(SecretsWatchLifecycle.class);
			for (int i = 0; i < TIMES; i++) {
				assertThat(watcherThreads()).hasSize(1);
				lifecycle.stop();
				assertThat(lifecycle.isRunning()).isFalse();
				assertThat(watcherThreads()).isEmpty();
				lifecycle.start();
				lifecycle.start();
				assertThat(lifecycle.isRunning()).isTrue();
			}
			assertFollows(context, 2);
			assertThat(watcherThreads()).hasSize(1);
		}
		assertThat(watcherThreads()).isEmpty();
	}

	@Test
	void contextWhenStoppedAndStartedFollowsRotations() throws InterruptedException {
		try (ConfigurableApplicationContext context = run()) {
			int version = 2;
			for (int i = 0; i < 3; i++) {
				assertFollows(context, version++);
				context.stop();
				assertThat(watcherThreads()).isEmpty();
				assertThat(context.getBean(SecretsWatcher.class).isRunning()).isFalse();
				// What Spring Cloud does on a restart sees this already
				server.put("prod/token", Canary.value("prod/token", version));
				context.start();
				awaitRotation(context);
				assertToken(context, version++);
				assertThat(watcherThreads()).hasSize(1);
			}
			assertFollows(context, version);
		}
	}

	@Test
	void stopWhenCallHangsDoesNotWaitForIt() throws InterruptedException {
		try (ConfigurableApplicationContext context = run()) {
			try (Gate gate = server.gate("GetSecretValue")) {
				context.getBean(SecretsWatcher.class).pollSoon();
				assertThat(gate.await(1, Duration.ofSeconds(60))).isTrue();
				long start = System.nanoTime();
				context.getBean(SecretsWatchLifecycle.class).stop();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
				assertThat(watcherThreads()).isEmpty();
			}
			context.getBean(SecretsWatchLifecycle.class).start();
			assertFollows(context, 2);
		}
	}

	@Test
	void closeWhenCallHangsDoesNotWaitForIt() throws InterruptedException {
		ConfigurableApplicationContext context = run();
		try (context; Gate gate = server.gate("GetSecretValue")) {
			context.getBean(SecretsWatcher.class).pollSoon();
			assertThat(gate.await(1, Duration.ofSeconds(60))).isTrue();
			long start = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
			assertThat(threads("aws-secrets-retrieval")).isEmpty();
			assertThat(threads("aws-secrets-poll")).isEmpty();
		}
	}

	private void assertFollows(ConfigurableApplicationContext context, int version) throws InterruptedException {
		server.put("prod/token", Canary.value("prod/token", version));
		context.getBean(SecretsWatcher.class).pollSoon();
		awaitRotation(context);
		assertToken(context, version);
	}

	private static void awaitRotation(ConfigurableApplicationContext context) throws InterruptedException {
		assertThat(context.getBean(Rotations.class).rotated.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
	}

	private static void assertToken(ConfigurableApplicationContext context, int version) {
		assertThat(Canary.value("prod/token", version).equals(context.getEnvironment().getProperty("app.token")))
			.isTrue();
	}

	private ConfigurableApplicationContext run() {
		return application().watched().classes(Beans.class).yaml("app.token: $<secret:prod/token>").run();
	}

	private List<String> watcherThreads() {
		return threads(DaemonThreads.LOOP_NAME);
	}

	private List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.before.contains(thread) && thread.isAlive())
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Rotations rotations() {
			return new Rotations();
		}

	}

	static class Rotations {

		private final Semaphore rotated = new Semaphore(0);

		@EventListener
		void on(SecretRotatedEvent event) {
			this.rotated.release();
		}

	}

}
