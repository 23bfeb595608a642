package io.github.awssecrets.connection;

import java.nio.file.Path;

import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.LocalStack;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;
import org.testcontainers.localstack.LocalStackContainer;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real container of LocalStack, where there is Docker. The secret is put into
 * it before the application is started, as a shared container has it.
 */
@EnabledIf(value = "isDockerAvailable", disabledReason = "no Docker")
class LocalStackIntegrationTests {

	@TempDir
	private Path directory;

	static boolean isDockerAvailable() {
		return LocalStack.absence() == null;
	}

	@Test
	void referenceIsAnsweredByContainerBean() {
		try (ConfigurableApplicationContext context = TestApplication.in(this.directory)
			.yaml("token: $<secret:prod/token>")
			.classes(Containers.class)
			.run()) {
			assertThat(Canary.value("prod/token", 1).equals(context.getEnvironment().getProperty("token"))).isTrue();
		}
		catch (BeanCreationException ex) {
			if (ex.contains(TestAbortedException.class)) {
				throw new TestAbortedException("LocalStack cannot be pulled or started", ex);
			}
			throw ex;
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection
		LocalStackContainer localStack() throws Exception {
			LocalStackContainer container = LocalStack.start();
			container.execInContainer("awslocal", "secretsmanager", "create-secret", "--name", "prod/token",
					"--secret-string", Canary.value("prod/token", 1));
			return container;
		}

	}

}
