package io.github.awssecrets.connection;

import java.nio.file.Path;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a container that is a bean, whose connection is known only when all beans are
 * defined.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContainerBeanIntegrationTests {

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
		server.create("prod/token", Canary.value("prod/token", 1));
		server.create("prod/other", Canary.value("prod/other", 1));
	}

	@Test
	void referencesAreAnsweredByTheContainerInOneCall() {
		try (ConfigurableApplicationContext context = application().classes(Reader.class).run()) {
			assertThat(Canary.value("prod/token", 1).equals(context.getBean(Reader.class).token)).isTrue();
			assertThat(Canary.value("prod/other", 1).equals(context.getEnvironment().getProperty("other"))).isTrue();
		}
		assertThat(server.calls()).extracting(Call::operation).containsExactly("BatchGetSecretValue");
	}

	@Test
	void containerIsStartedBeforeItIsAskedAndStoppedWithTheContext() {
		StubContainer container;
		try (ConfigurableApplicationContext context = application().run()) {
			container = context.getBean(StubContainer.class);
			assertThat(container.events()).startsWith("started", "asked").containsOnlyOnce("started");
		}
		assertThat(container.events()).endsWith("stopped").doesNotContain("asked before it ran");
	}

	@Test
	void conditionThatReadsReferenceEarlierFindsThatThereIsOne(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().classes(Conditional.class).run()) {
			assertThat(context.getBeansOfType(Conditional.class)).hasSize(1);
			assertThat(Canary.value("prod/token", 1).equals(context.getEnvironment().getProperty("token"))).isTrue();
		}
		assertThat(output).containsOnlyOnce("Property 'token' was read before a container was asked for its secret; "
				+ "the reader got '1' instead");
	}

	@Test
	void failureIsReportedAsAtAnyStart(CapturedOutput output) {
		assertThat(FailedStart.of(application().arguments("--missing=$<secret:prod/missing.key>"), output).report())
			.contains("No secret 'prod/missing' in eu-west-1.");
	}

	private TestApplication application() {
		return TestApplication.in(this.directory).yaml("""
				token: $<secret:prod/token>
				other: $<secret:prod/other>
				""").classes(Containers.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection(name = "localstack/localstack")
		StubContainer localStack() {
			return StubContainer.at(server.endpoint());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("token")
	static class Conditional {

	}

	static class Reader {

		@Value("${token}")
		private String token;

	}

}
