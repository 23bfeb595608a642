package io.github.awssecrets.connection;

import java.io.IOException;
import java.nio.file.Files;
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
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

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
		assertThat(output).containsOnlyOnce(
				"Property 'token' was read before its secret could be retrieved; " + "the reader got '1' instead");
	}

	@Test
	void importIsLoggedAsNotThereForConditions(CapturedOutput output) {
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
		try (ConfigurableApplicationContext context = application()
			.yaml("spring.config.import: secret:prod/db?prefix=db.")
			.classes(ConditionalOnImport.class)
			.run()) {
			assertThat(context.getBeansOfType(ConditionalOnImport.class)).isEmpty();
			assertThat(Canary.value("prod/db.password", 1).equals(context.getEnvironment().getProperty("db.password")))
				.isTrue();
		}
		assertThat(output).containsOnlyOnce("Import secret:prod/db?prefix=db. in ")
			.containsOnlyOnce(
					"has no properties until a container is asked for its secret; conditions do not see them");
	}

	@Test
	void connectionWhenEndpointIsSetIsUsedNeitherForReferencesNorByTheClient(CapturedOutput output) {
		try (SecretsServer other = SecretsServer.start()) {
			other.create("prod/token", Canary.value("other/token", 1));
			other.create("prod/other", Canary.value("other/other", 1));
			try (ConfigurableApplicationContext context = application()
				.arguments("--aws.secrets.endpoint=" + other.endpoint(), "--aws.secrets.region=eu-west-1")
				.classes(Conditional.class)
				.run()) {
				assertThat(Canary.value("other/token", 1).equals(context.getEnvironment().getProperty("token")))
					.isTrue();
				assertThat(Canary.value("other/token", 1).equals(clientReads(context))).isTrue();
			}
		}
		assertThat(server.calls()).isEmpty();
		assertThat(output).containsOnlyOnce("are not used, as aws.secrets.endpoint is set. Remove one of them")
			.doesNotContain("was read before");
	}

	@Test
	void connectionWhenSecretsAreLocalIsUsedByTheClientOnly() throws IOException {
		Path file = Files.writeString(this.directory.resolve("secrets.yml"), """
				prod/token: %s
				prod/other: %s
				""".formatted(Canary.value("local/token", 1), Canary.value("local/other", 1)));
		try (ConfigurableApplicationContext context = application().arguments("--aws.secrets.local=" + file.toUri())
			.run()) {
			assertThat(Canary.value("local/token", 1).equals(context.getEnvironment().getProperty("token"))).isTrue();
			assertThat(server.calls()).isEmpty();
			assertThat(Canary.value("prod/token", 1).equals(clientReads(context))).isTrue();
		}
	}

	private static String clientReads(ConfigurableApplicationContext context) {
		return context.getBean(SecretsManagerClient.class)
			.getSecretValue((request) -> request.secretId("prod/token"))
			.secretString();
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("db.password")
	static class ConditionalOnImport {

	}

	static class Reader {

		@Value("${token}")
		private String token;

	}

}
