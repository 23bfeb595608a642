package io.github.awssecrets.refresh;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.junit.SecretsServerExtension;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a server that the cached contexts of several test classes use: all of them
 * follow a rotation, whichever class makes it.
 */
@SpringBootTest(classes = SharedServerIntegrationTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = { "spring.main.banner-mode=off",
				"aws.secrets.watch.enabled=false", "app.token=$<secret:prod/db.token>" })
class SharedServerIntegrationTests {

	@RegisterExtension
	static final SecretsServerExtension secrets = SecretsServerExtension
		.withSecrets("prod/db = " + Canary.json("prod/db", 0, "token"));

	private static final Set<Environment> applications = new LinkedHashSet<>();

	private static int version;

	@DynamicPropertySource
	static void secrets(DynamicPropertyRegistry registry) {
		secrets.server().properties().forEach((name, value) -> registry.add(name, () -> value));
	}

	@AfterAll
	static void forget() {
		assertThat(applications).hasSize(3);
		applications.clear();
	}

	@Test
	void applicationFollows(@Autowired Environment environment, SecretsServer server) {
		rotate(environment, server);
	}

	private static void rotate(Environment environment, SecretsServer server) {
		applications.add(environment);
		version++;
		String value = Canary.value("prod/db.token", version);
		server.rotate("prod/db", "token", value);
		assertThat(applications).allSatisfy((each) -> assertThat(value.equals(each.getProperty("app.token"))).isTrue());
	}

	@Nested
	@TestPropertySource(properties = "app.number=1")
	class First {

		@Test
		void allApplicationsFollow(@Autowired Environment environment, SecretsServer server) {
			rotate(environment, server);
		}

	}

	@Nested
	@TestPropertySource(properties = "app.number=2")
	class Second {

		@Test
		void allApplicationsFollow(@Autowired Environment environment, SecretsServer server) {
			rotate(environment, server);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
