package io.github.awssecrets.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what listeners can do to an application that follows rotations: with real
 * threads where they hang.
 */
@Timeout(120)
class RotationListenersIntegrationTests extends AbstractApplicationTests {

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private final Listener listener = new Listener();

	private final MovableClock clock = new MovableClock();

	@BeforeEach
	void create() {
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
	}

	@Test
	void listenersWhenTheyThrowDoNoHarm() {
		DrivenTime time = new DrivenTime();
		try (ConfigurableApplicationContext context = application().watched(time)
			.classes(Beans.class)
			.customize((application) -> application
				.addInitializers((starting) -> starting.getBeanFactory().registerSingleton("listener", this.listener)))
			.yaml("app.password: $<secret:prod/db.password>")
			.run()) {
			this.listener.onChange = Listener::fail;
			this.listener.onRotated = Listener::failBadly;
			this.listener.onRejected = Listener::failBadly;
			for (int version = 2; version < 5; version++) {
				put(version);
				time.advance(INTERVAL);
				assertPassword(context, version);
				assertThat(context.getBean(SecretsWatcher.class).pending()).isNotEmpty();
			}
			this.listener.onChange = Listener::doNothing;
			time.advance(INTERVAL);
			assertThat(context.getBean(SecretsWatcher.class).pending()).isEmpty();
			assertThat(this.listener.rotated).singleElement().isEqualTo(server.versionId("prod/db"));
			server.put("prod/db", Canary.json("prod/db", 5, "other"));
			time.advance(INTERVAL);
			assertThat(this.listener.rejected).hasSize(1);
			put(6);
			time.advance(INTERVAL);
			assertPassword(context, 6);
			assertThat(this.listener.rotated).hasSize(2);
		}
	}

	@Test
	void listenerToRotationsWhenItHangsHoldsUpNeitherPollsNorClose() throws InterruptedException {
		Hang hang = new Hang();
		try (ConfigurableApplicationContext context = watched()) {
			this.listener.onRotated = hang;
			rotate(context, 2);
			hang.awaitBegin();
			for (int version = 3; version < 6; version++) {
				rotate(context, version);
				assertPassword(context, version);
			}
			assertThat(this.listener.rotated).hasSize(1);
			assertClosesSoon(context);
		}
		finally {
			hang.end();
		}
	}

	@Test
	void listenerToChangesWhenItHangsIsReportedAndHoldsUpNeitherPollsNorClose(CapturedOutput output)
			throws InterruptedException {
		Hang hang = new Hang();
		try (ConfigurableApplicationContext context = watched()) {
			this.listener.onChange = hang;
			put(2);
			poll(context);
			hang.awaitBegin();
			assertPassword(context, 2);
			for (int i = 0; i < 3; i++) {
				poll(context);
			}
			assertThat(this.listener.hanging.tryAcquire()).isFalse();
			this.clock.advance(Applications.HANGING);
			poll(context);
			assertThat(this.listener.hanging.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output).contains("Applying changes of secrets has taken 30 s and is not done; polling goes on");
			assertClosesSoon(context);
		}
		finally {
			hang.end();
		}
	}

	@Test
	void listenerToChangesWhenItHungForAWhileIsFollowedByTheRest() throws InterruptedException {
		Hang hang = new Hang();
		try (ConfigurableApplicationContext context = watched()) {
			this.listener.onChange = hang;
			put(2);
			poll(context);
			hang.awaitBegin();
			this.listener.onChange = Listener::doNothing;
			put(3);
			poll(context);
			hang.end();
			this.listener.awaitApplied(2);
			assertPassword(context, 3);
			assertThat(context.getBean(SecretsWatcher.class).pending()).isEmpty();
		}
		finally {
			hang.end();
		}
	}

	private void rotate(ConfigurableApplicationContext context, int version) throws InterruptedException {
		put(version);
		poll(context);
		this.listener.awaitApplied(1);
	}

	private void poll(ConfigurableApplicationContext context) throws InterruptedException {
		this.listener.polled.drainPermits();
		context.getBean(SecretsWatcher.class).pollSoon();
		assertThat(this.listener.polled.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
	}

	private static void put(int version) {
		server.put("prod/db", Canary.json("prod/db", version, "password"));
	}

	private static void assertPassword(ConfigurableApplicationContext context, int version) {
		assertThat(
				Canary.value("prod/db.password", version).equals(context.getEnvironment().getProperty("app.password")))
			.isTrue();
	}

	private static void assertClosesSoon(ConfigurableApplicationContext context) {
		long start = System.nanoTime();
		context.close();
		// Half a second for the watcher; the rest is for a slow machine
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	private ConfigurableApplicationContext watched() {
		return application().watched()
			.classes(Beans.class)
			.customize((application) -> application.addInitializers((starting) -> {
				starting.getBeanFactory().registerSingleton("listener", this.listener);
				starting.getBeanFactory().registerSingleton("clock", this.clock);
			}))
			.yaml("app.password: $<secret:prod/db.password>")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Events events(Listener listener) {
			return new Events(listener);
		}

	}

	record Events(Listener listener) {

		@EventListener
		void on(EnvironmentChangeEvent event) {
			this.listener.onChange.run();
		}

		@EventListener
		void on(SecretRotatedEvent event) {
			this.listener.rotated.add(event.newVersionId());
			this.listener.onRotated.run();
		}

		@EventListener
		void on(SecretRotationRejectedEvent event) {
			this.listener.rejected.add(event.rejectedVersionId());
			this.listener.onRejected.run();
		}

	}

	static final class Listener implements WatchListener {

		private final List<String> rotated = new CopyOnWriteArrayList<>();

		private final List<String> rejected = new CopyOnWriteArrayList<>();

		private final Semaphore polled = new Semaphore(0);

		private final Semaphore applied = new Semaphore(0);

		private final Semaphore hanging = new Semaphore(0);

		private volatile Runnable onChange = Listener::doNothing;

		private volatile Runnable onRotated = Listener::doNothing;

		private volatile Runnable onRejected = Listener::doNothing;

		static void doNothing() {
			// As most do
		}

		static void fail() {
			throw new IllegalStateException("Failing on purpose");
		}

		static void failBadly() {
			throw new LinkageError("Failing on purpose");
		}

		void awaitApplied(int times) throws InterruptedException {
			assertThat(this.applied.tryAcquire(times, 60, TimeUnit.SECONDS)).isTrue();
		}

		@Override
		public void polled(PollReport report) {
			this.polled.release();
		}

		@Override
		public void applied(Map<SecretSelector, SecretChange> changes) {
			this.applied.release();
		}

		@Override
		public void applyHangs(Duration elapsed) {
			this.hanging.release();
		}

	}

	/**
	 * Hangs whatever is done, until the test ends.
	 */
	private static final class Hang implements Runnable {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch ended = new CountDownLatch(1);

		@Override
		public void run() {
			this.begun.countDown();
			boolean over = false;
			while (!over) {
				try {
					this.ended.await();
					over = true;
				}
				catch (InterruptedException ex) {
					// As somebody does who does not care
				}
			}
		}

		void awaitBegin() throws InterruptedException {
			assertThat(this.begun.await(60, TimeUnit.SECONDS)).isTrue();
		}

		void end() {
			this.ended.countDown();
		}

	}

	/**
	 * The time of this machine, and what the test adds.
	 */
	private static final class MovableClock implements WatchClock {

		private final AtomicLong added = new AtomicLong();

		void advance(Duration duration) {
			this.added.addAndGet(duration.toNanos());
		}

		@Override
		public long nanoTime() {
			return System.nanoTime() + this.added.get();
		}

		@Override
		public Instant now() {
			return Instant.now().plusNanos(this.added.get());
		}

	}

}
