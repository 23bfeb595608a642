package io.github.awssecrets.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.awssecrets.embedded.Call;
import io.github.awssecrets.refresh.SecretRotatedEvent;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proofs that a real application sees every rotation, by one refresh each, and with one
 * call for 20 secrets.
 */
class RotationsIntegrationTests extends AbstractRotationTests {

	private static final int SECRETS = 100;

	private static final int CALLS = SECRETS / 20;

	private final DrivenTime time = new DrivenTime();

	@ParameterizedTest(name = "{0}, bootstrap context: {1}")
	@CsvSource({ "ROTATIONS, false", "BOOTSTRAP_ROTATIONS, true" })
	void rotationsWhenEachComesAfterThePreviousWasSeenAreAllSeen(Proof proof, boolean bootstrap) {
		int rotations = proof.count();
		long seed = Long.getLong("seed", new SplittableRandom().nextLong());
		SplittableRandom random = new SplittableRandom(seed);
		server.create("prod/db", Canary.json("prod/db", 1, "user", "password"));
		List<String> versionIds = new ArrayList<>(List.of(server.versionId("prod/db")));
		Duration slowest = Duration.ZERO;
		try (ConfigurableApplicationContext context = watched(this.time, bootstrap)
			.yaml("app.password: $<secret:prod/db.password>")
			.run()) {
			assertPassword(context, "prod/db.password", 1);
			for (int version = 2; version <= rotations + 1; version++) {
				this.time.advance(Duration.ofMillis(random.nextInt(1_500)));
				assertThat(events(context).refreshes).as("-Dseed=%d", seed).hasValue(version - 2);
				versionIds.add(server.rotate("prod/db", "password", Canary.value("prod/db.password", version)));
				Duration took = sees(context, version);
				slowest = (took.compareTo(slowest) > 0) ? took : slowest;
				assertPassword(context, "prod/db.password", version);
			}
			this.time.advance(VISIBLE);
			RotationCases.Events events = events(context);
			assertThat(events.refreshes).hasValue(rotations);
			assertThat(events.keys).hasSize(rotations).containsOnly(Set.of("app.password"));
			assertThat(events.rotated).extracting(SecretRotatedEvent::newVersionId)
				.containsExactlyElementsOf(versionIds.subList(1, rotations + 1));
			assertThat(events.rotated).extracting(SecretRotatedEvent::oldVersionId)
				.containsExactlyElementsOf(versionIds.subList(0, rotations));
			Proof.report(
					"%d rotations of a real application, bootstrap context: %s: each seen, one refresh and one event each, slowest %d ms, %d polls; -Dseed=%d"
						.formatted(rotations, bootstrap, slowest.toMillis(), polls(context), seed));
		}
	}

	private Duration sees(ConfigurableApplicationContext context, int version) {
		Duration before = Duration.ofNanos(this.time.nanoTime());
		assertThat(this.time.advanceUntil(() -> has(context, "app.password", "prod/db.password", version), VISIBLE))
			.as("version %d is seen in time", version)
			.isTrue();
		return Duration.ofNanos(this.time.nanoTime()).minus(before);
	}

	@Test
	void rotationWhenConfigDataCannotBeLoadedIsSeenAndLoadsNothing(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("other.yml"), "app.other: one");
		server.create("prod/db", Canary.json("prod/db", 1, "password"));
		try (ConfigurableApplicationContext context = watched(this.time, false).yaml("""
				spring.config.import: %s
				app.password: $<secret:prod/db.password>
				""".formatted(file.toUri())).run()) {
			Files.writeString(file, "app: [");
			server.rotate("prod/db", "password", Canary.value("prod/db.password", 2));
			sees(context, 2);
			Files.writeString(file, "app.other: two");
			server.rotate("prod/db", "password", Canary.value("prod/db.password", 3));
			sees(context, 3);
			assertThat(context.getEnvironment().getProperty("app.other")).isEqualTo("one");
			assertThat(context.getBean(ContextRefresher.class).refresh()).containsExactly("app.other");
			assertThat(context.getEnvironment().getProperty("app.other")).isEqualTo("two");
		}
	}

	@ParameterizedTest(name = "bootstrap context: {0}")
	@ValueSource(booleans = { false, true })
	void pollsWhenThereAreManySecretsTakeOneCallForTwentyAndRefreshOnlyWhatChanged(boolean bootstrap) {
		StringBuilder yaml = new StringBuilder("app:\n");
		for (int i = 0; i < SECRETS; i++) {
			server.create("prod/" + i, Canary.value("prod/" + i, 1));
			yaml.append("  secret%1$d: $<secret:prod/%1$d>%n".formatted(i));
		}
		try (ConfigurableApplicationContext context = watched(this.time, bootstrap).yaml(yaml.toString()).run()) {
			RotationCases.Events events = events(context);
			for (int i = 0; i < 10; i++) {
				assertOnePoll(context);
			}
			assertThat(events.refreshes).hasValue(0);
			assertThat(events.keys).isEmpty();
			rotate(33);
			assertOnePoll(context);
			assertThat(events.refreshes).hasValue(1);
			assertThat(events.keys).containsExactly(Set.of("app.secret33"));
			assertThat(events.rotated).extracting(SecretRotatedEvent::secretId).containsExactly("prod/33");
			assertThat(has(context, "app.secret33", "prod/33", 2)).isTrue();
			rotate(0, 19, 20, 57, 99);
			assertOnePoll(context);
			assertThat(events.refreshes).hasValue(2);
			assertThat(events.keys).hasSize(2)
				.last()
				.isEqualTo(Set.of("app.secret0", "app.secret19", "app.secret20", "app.secret57", "app.secret99"));
			assertThat(events.rotated).hasSize(1 + 5);
			assertThat(events.rotated.subList(1, 6)).extracting(SecretRotatedEvent::secretId)
				.containsExactlyInAnyOrder("prod/0", "prod/19", "prod/20", "prod/57", "prod/99");
			assertOnePoll(context);
			assertThat(events.refreshes).hasValue(2);
		}
	}

	private static void rotate(int... secrets) {
		for (int secret : secrets) {
			server.put("prod/" + secret, Canary.value("prod/" + secret, 2));
		}
	}

	private void assertOnePoll(ConfigurableApplicationContext context) {
		server.clearCalls();
		long before = polls(context);
		assertThat(this.time.advanceUntil(() -> polls(context) > before, INTERVAL)).isTrue();
		assertThat(polls(context)).isEqualTo(before + 1);
		assertThat(server.calls()).hasSize(CALLS).extracting(Call::operation).containsOnly("BatchGetSecretValue");
		assertThat(server.calls().stream().flatMap((call) -> call.secretIds().stream())).hasSize(SECRETS)
			.doesNotHaveDuplicates();
	}

}
