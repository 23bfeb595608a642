package io.github.awssecrets.env;

import java.util.Set;
import java.util.stream.Collectors;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.embedded.Gate;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what a start costs: calls, threads and lines in the log.
 */
class StartupCallsIntegrationTests extends AbstractApplicationTests {

	@Test
	void startWhenHundredSecretsMakesFiveBatchCallsAtOnce(CapturedOutput output) {
		// Answers none before five are open, so the start ends only if all five are
		Gate gate = server.gate("BatchGetSecretValue", 5);
		try (ConfigurableApplicationContext context = start(100)) {
			assertThat(server.calls()).extracting(Call::operation).hasSize(5).containsOnly("BatchGetSecretValue");
			assertThat(server.maxConcurrentCalls()).isEqualTo(5);
			assertThat(context.getEnvironment().getProperty("app.secret99").equals(Canary.value("app/secret99", 1)))
				.isTrue();
		}
		finally {
			gate.release();
		}
		assertThat(output).containsPattern("Resolved 100 references to 100 secrets in eu-west-1: 5 calls, \\d+ ms");
		assertThat(output.toString().lines().filter((line) -> line.contains("Resolved"))).hasSize(1);
	}

	@Test
	void startWhenFiveHundredSecretsMakesTwentyFiveBatchCalls() {
		try (ConfigurableApplicationContext context = start(500)) {
			assertThat(server.calls()).extracting(Call::operation).hasSize(25).containsOnly("BatchGetSecretValue");
			assertThat(context.getEnvironment().getProperty("app.secret499").equals(Canary.value("app/secret499", 1)))
				.isTrue();
		}
	}

	@Test
	void startWhenNothingReferencesSecretMakesNoCallAndNoThread(CapturedOutput output) {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		try (ConfigurableApplicationContext context = application().yaml("app.plain: $100 or ${x:1}\n").run()) {
			assertThat(context.getEnvironment().getPropertySources().stream())
				.noneMatch((source) -> source instanceof PropertyTwin || source instanceof SystemEnvironmentTwin);
			assertThat(newThreads(before)).noneMatch((name) -> name.startsWith("aws-") || name.contains("sdk"));
		}
		assertThat(server.calls()).isEmpty();
		assertThat(output).doesNotContain("Resolved");
	}

	private static Set<String> newThreads(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.collect(Collectors.toSet());
	}

	private ConfigurableApplicationContext start(int secrets) {
		StringBuilder yaml = new StringBuilder("app:\n");
		for (int i = 0; i < secrets; i++) {
			String id = "app/secret" + i;
			server.create(id, Canary.value(id, 1));
			yaml.append("  secret%d: $<secret:%s>%n".formatted(i, id));
		}
		return application().yaml(yaml.toString()).run();
	}

}
