package io.github.awssecrets.sample.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.embedded.rotation.RotationStep;
import io.github.awssecrets.testing.Canary;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ScheduledRotation} and {@link DemoRotations}, without a database.
 */
class ScheduledRotationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(ScheduledRotation.class);

	@Test
	void rotateWhenIntervalIsSetHappensByItself() throws Exception {
		try (SecretsServer server = server()) {
			DemoRotations rotations = rotations(server);
			CountDownLatch begun = new CountDownLatch(2);
			rotations.addListener((event) -> {
				if (event.step() == RotationStep.CREATE_SECRET) {
					begun.countDown();
				}
			});
			this.runner.withBean(DemoRotations.class, () -> rotations)
				.withPropertyValues("demo.rotate-every=50ms")
				.run((context) -> assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue());
		}
	}

	@Test
	void rotateWhenIntervalIsNotSetDoesNotHappen() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ScheduledRotation.class));
	}

	@Test
	void rotateWhenRotationIsUnderWaySaysSo() {
		try (SecretsServer server = server()) {
			DemoRotations rotations = rotations(server);
			server.rotations().gate(RotationStep.CREATE_SECRET);
			rotations.rotate("prod/db");
			assertThatIllegalStateException().isThrownBy(() -> rotations.rotate("prod/db"))
				.withMessageContaining("A previous rotation isn't complete.");
			assertThat(rotations.stages("prod/db")).containsOnlyKeys("AWSCURRENT", "AWSPENDING");
		}
	}

	private static SecretsServer server() {
		SecretsServer server = SecretsServer.start();
		server.create("prod/db", Canary.json("prod/db", 1, "username", "password"));
		return server;
	}

	private static DemoRotations rotations(SecretsServer server) {
		return DemoRotations.of(server, "jdbc:postgresql://127.0.0.1:1/none", "dev", () -> Canary.value("demo", 1));
	}

}
