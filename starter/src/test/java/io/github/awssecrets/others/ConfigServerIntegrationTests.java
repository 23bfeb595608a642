package io.github.awssecrets.others;

import java.nio.file.Path;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.FailedStart;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.config.server.environment.MultipleJGitEnvironmentProperties;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of references in the settings of a config server itself.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigServerIntegrationTests {

	private static final SecretsServer secrets = SecretsServer.start();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		secrets.close();
	}

	@BeforeEach
	void reset() {
		secrets.reset();
		secrets.create("prod/git", Canary.json("prod/git", 1, "password"));
	}

	@Test
	void referenceWhenPasswordOfBackendIsResolved() {
		try (ConfigurableApplicationContext context = application().yaml("""
				spring:
				  cloud:
				    config:
				      server:
				        git:
				          uri: https://git.example.com/config
				          username: config
				          password: $<secret:prod/git.password>
				""").run()) {
			String password = context.getBean(MultipleJGitEnvironmentProperties.class).getPassword();
			assertThat(Canary.value("prod/git.password", 1).equals(password)).isTrue();
		}
	}

	@Test
	void reportWhenSettingOfBootstrapOfServerIsReferenceSaysSo(CapturedOutput output) {
		FailedStart start = FailedStart.of(application().yaml("""
				spring:
				  cloud:
				    config:
				      server:
				        bootstrap: $<secret:prod/git.bootstrap:false>
				"""), output);
		assertThat(start.report()).isEqualTo("""
				A secret reference could not be resolved:

				1. spring.cloud.config.server.bootstrap  in application.yml:5:20
				   $<secret:prod/git.bootstrap:***>
				   A reference cannot stand here: spring.cloud.config.server.bootstrap is read before secrets can be \
				retrieved.

				Action:

				1. Write the value itself, or take it from an environment variable: ${NAME}.
				""");
	}

	private TestApplication application() {
		return TestApplication.in(this.directory, secrets)
			.classes(ConfigServer.Application.class)
			.arguments("--spring.cloud.config.enabled=false", "--server.port=0", "--server.address=127.0.0.1")
			.customize((application) -> application.setWebApplicationType(WebApplicationType.SERVLET));
	}

}
