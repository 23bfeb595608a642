package io.github.awssecrets.refresh;

import java.util.ArrayList;
import java.util.List;

import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.CanaryScanner;
import io.github.awssecrets.testing.TestApplication;
import jakarta.validation.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no failure to use a value after a rotation shows it, where at start it
 * fitted.
 */
class RuntimeRedactionIntegrationTests extends AbstractApplicationTests {

	@BeforeEach
	void createSecret() {
		server.create("prod/db", "{\"port\":5432,\"name\":\"abc\"}");
	}

	@Override
	protected TestApplication application() {
		return super.application().arguments("--debug").yaml("""
				app.port: $<secret:prod/db.port>
				app.name: $<secret:prod/db.name>
				app.derived: 1${app.port}
				""");
	}

	@Test
	void refreshScopeWhenBeanCannotBeBuiltAnyMoreDoesNotShowValue(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().classes(ScopedBeans.class).run()) {
			Reader reader = context.getBean("scoped", Reader.class);
			assertThat(reader.port()).isEqualTo(5432);
			rotateAndRefresh(context);
			assertNotShown(failure(reader::port), output);
			org.springframework.cloud.context.scope.refresh.RefreshScope scope = context
				.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class);
			assertThat(scope.getErrors()).isNotEmpty();
			scope.getErrors().values().forEach((error) -> assertNotShown(error, output));
		}
	}

	@Test
	void readersWhenValueDoesNotFitAnyMoreDoNotShowIt(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().classes(ScopedBeans.class).run()) {
			rotateAndRefresh(context);
			assertNotShown(failure(() -> context.getEnvironment().getProperty("app.port", Integer.class)), output);
			assertNotShown(failure(() -> context.getEnvironment().getRequiredProperty("app.derived", Long.class)),
					output);
			assertNotShown(failure(() -> context.getBean("prototype")), output);
		}
	}

	@ParameterizedTest
	@CsvSource({ "publish, false", "publish, true", "spring, false", "spring, true" })
	void rebindingWhenValueIsOfWrongTypeOrInvalidDoesNotShowIt(String strategy, boolean invalid,
			CapturedOutput output) {
		try (ConfigurableApplicationContext context = application()
			.arguments("--aws.secrets.refresh.strategy=" + strategy)
			.classes(BoundBeans.class)
			.run()) {
			if (invalid) {
				// What has the right type, so that it is validated
				refresh(context, "{\"port\":5433," + Canary.json("prod/db", 2, "name").substring(1));
			}
			else {
				rotateAndRefresh(context);
			}
			ConfigurationPropertiesRebinder rebinder = context.getBean(ConfigurationPropertiesRebinder.class);
			rebinder.getErrors().values().forEach((error) -> assertNotShown(error, output));
			assertThat(strategy.equals("publish") == rebinder.getErrors().isEmpty()).as("rejected before").isTrue();
			if (strategy.equals("publish")) {
				assertLogged(output, "rejected, the properties under 'app' cannot be bound or are invalid");
			}
			else {
				assertThat(rebinder.getErrors().values()).singleElement()
					.satisfies((error) -> assertThat(error).rootCause()
						.hasMessage(invalid ? "The properties under app, some of which come from secrets, are invalid"
								: "app.port comes from a secret and cannot be converted to int"));
			}
		}
		assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
	}

	@Test
	void versionWhenMalformedIsRejectedWithoutItsText(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().run()) {
			server.put("prod/db", "{\"port\":" + Canary.value("prod/db", 2));
			context.getBean(ContextRefresher.class).refresh();
			assertLogged(output, "rejected, it is not valid JSON");
		}
		assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
	}

	@Test
	void scanWhenBeanShowsValueFindsIt(CapturedOutput output) {
		try (ConfigurableApplicationContext context = super.application().arguments("--logging.level.root=off")
			.yaml("app.port: $<secret:prod/db.port>")
			.run()) {
			rotateAndRefresh(context);
			Throwable failure = failure(() -> Integer.valueOf(context.getEnvironment().getProperty("app.port")));
			assertThat(failure instanceof NumberFormatException).isTrue();
			assertThat(CanaryScanner.scan("failure", failure)).isNotEmpty();
		}
	}

	/* Listeners, the log among them, are told on a thread of their own */
	private static void assertLogged(CapturedOutput output, String text) {
		Awaitility.await().untilAsserted(() -> assertThat(output).contains(text));
	}

	private static void rotateAndRefresh(ConfigurableApplicationContext context) {
		refresh(context, Canary.json("prod/db", 2, "port", "name"));
	}

	private static void refresh(ConfigurableApplicationContext context, String secret) {
		server.put("prod/db", secret);
		try {
			context.getBean(ContextRefresher.class).refresh();
		}
		catch (RuntimeException ex) {
			assertThat(CanaryScanner.scan("refresh", ex)).isEmpty();
		}
	}

	private static void assertNotShown(Throwable failure, CapturedOutput output) {
		assertThat(CanaryScanner.scan("failure", failure)).isEmpty();
		assertThat(CanaryScanner.scan("output", output.getAll())).isEmpty();
	}

	private static Throwable failure(Runnable reading) {
		List<Throwable> failures = new ArrayList<>();
		try {
			reading.run();
		}
		catch (RuntimeException ex) {
			failures.add(ex);
		}
		assertThat(failures).as("failures").hasSize(1);
		return failures.get(0);
	}

	interface Reader {

		int port();

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopedBeans {

		@Bean
		@RefreshScope
		PortReader scoped() {
			return new PortReader();
		}

		@Bean
		@Scope("prototype")
		PortReader prototype() {
			return new PortReader();
		}

	}

	static class PortReader implements Reader {

		@Value("${app.port}")
		private int port;

		@Override
		public int port() {
			return this.port;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(App.class)
	static class BoundBeans {

	}

	@ConfigurationProperties("app")
	@Validated
	public static class App {

		private int port;

		@Size(max = 5)
		private String name = "";

		public int getPort() {
			return this.port;
		}

		public void setPort(int port) {
			this.port = port;
		}

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

}
