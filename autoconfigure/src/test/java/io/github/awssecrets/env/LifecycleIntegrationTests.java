package io.github.awssecrets.env;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what an application has while it runs, and of what it leaves.
 */
class LifecycleIntegrationTests {

	private static final String THREADS = "aws-secrets-retrieval-";

	private static final SecretsServer server = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void reset() {
		server.reset();
	}

	@Test
	void runWhenNothingIsReferencedHasNeitherTwinNorThreadNorCall() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("x: plain ${y:z}")
			.run()) {
			assertThat(context.getEnvironment().getProperty("x")).isEqualTo("plain z");
			assertThat(context.getEnvironment().getPropertySources().stream().map(PropertySource::getName))
				.noneMatch((name) -> name.startsWith("awsSecretsTwin-"));
			assertThat(threads()).isEmpty();
			assertThat(server.calls()).isEmpty();
		}
	}

	@Test
	void closeLeavesNoThread() {
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("x: $<secret:prod/db.password>")
			.run()) {
			assertThat(context.getEnvironment().getProperty("x")).isEqualTo(TestContext.value("prod/db", "password"));
		}
		assertThat(threads()).isEmpty();
	}

	@Test
	void runWhenEnvironmentPrefixIsSetResolvesPrefixedVariables() {
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.customize((SpringApplication application) -> application.setEnvironmentPrefix("shop"))
			.variable("SHOP_PAYMENT_API_KEY", "$<secret:prod/db.password>")
			.variable("SHOP_APP_LIST_0", "plain")
			.variable("SHOP_APP_LIST_1", "$<secret:prod/db.password>")
			.yaml("payment.api-key: $<secret:missing.key>")
			.run()) {
			String password = TestContext.value("prod/db", "password");
			assertThat(context.getEnvironment().getProperty("payment.api-key")).isEqualTo(password);
			assertThat(context.getEnvironment().getProperty("app.list[0]")).isEqualTo("plain");
			assertThat(context.getEnvironment().getProperty("app.list[1]")).isEqualTo(password);
		}
	}

	@Test
	void scheduledMethodHasIntervalFromSecret() throws InterruptedException {
		server.create("prod/jobs", "{\"interval\":\"1ms\"}");
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory, server)
			.yaml("jobs.interval: $<secret:prod/jobs.interval>")
			.classes(Jobs.class)
			.run()) {
			Jobs jobs = context.getBean(Jobs.class);
			assertThat(jobs.indirect.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(jobs.direct.await(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static Stream<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(THREADS));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Jobs {

		private final CountDownLatch indirect = new CountDownLatch(2);

		private final CountDownLatch direct = new CountDownLatch(2);

		@Scheduled(fixedRateString = "${jobs.interval}")
		void indirect() {
			this.indirect.countDown();
		}

		@Scheduled(fixedRateString = "$<secret:prod/jobs.interval>")
		void direct() {
			this.direct.countDown();
		}

	}

}
