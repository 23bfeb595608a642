package io.github.awssecrets.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.util.SplittableRandom;

import io.github.awssecrets.chaos.Invariant.Violation;
import io.github.awssecrets.chaos.TcpProxy.Mode;
import io.github.awssecrets.testing.AbstractApplicationTests;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.Proof;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Proofs that what must always hold does so in real applications, under random schedules
 * of faults and behind a network that is broken. New seeds in each run;
 * {@code -Dseed=...} replays a schedule.
 */
@Timeout(3600)
class ApplicationScheduleIntegrationTests extends AbstractApplicationTests {

	private static final int SCHEDULES = Proof.APPLICATION_SCHEDULES.count();

	private static final int EVENTS = 4;

	private int runs;

	@Test
	void invariantsWhenAnythingHappensHold() throws IOException {
		Long replayed = Long.getLong("seed");
		SplittableRandom seeds = new SplittableRandom();
		long begin = System.nanoTime();
		long events = 0;
		for (int i = 0; i < ((replayed != null) ? 1 : SCHEDULES); i++) {
			events += run((replayed != null) ? replayed : seeds.nextLong());
		}
		Proof.report("%d schedules with %d faults in real applications: 0 violations, %d s".formatted(SCHEDULES, events,
				(System.nanoTime() - begin) / 1_000_000_000));
	}

	private int run(long seed) throws IOException {
		Schedule random = Schedule.random(seed, ApplicationRun.FAULTS, 600_000, 180_000, EVENTS);
		Schedule schedule = new Schedule(seed, ApplicationRun.SECRETS,
				random.events()
					.stream()
					.map((event) -> new Schedule.Event(event.at(), event.fault(),
							event.secret() % ApplicationRun.SECRETS, event.duration()))
					.toList());
		Violation violation = runOnce(schedule);
		if (violation != null) {
			Schedule shrunk = Shrinking.shrink(schedule, (smaller) -> {
				Violation other = runOnce(smaller);
				return other != null && other.invariant() == violation.invariant();
			});
			fail("%s%n%s%nwhich also fails with these events only:%n%s".formatted(violation.getMessage(), schedule,
					shrunk), violation);
		}
		return schedule.events().size();
	}

	private Violation runOnce(Schedule schedule) {
		server.reset();
		try {
			return ApplicationRun.run(schedule, server,
					Files.createDirectory(this.directory.resolve("run" + this.runs++)));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "DELAY", "RESET", "HALF_OPEN" })
	void valuesWhenTheNetworkBreaksStayAndFollowAfterwards(Mode mode) throws IOException {
		server.create("chaos/0", Canary.json("chaos/0", 1, "password"));
		DrivenTime time = new DrivenTime();
		try (TcpProxy proxy = TcpProxy.to(server.port());
				ConfigurableApplicationContext context = TestApplication.in(this.directory)
					.arguments("--aws.secrets.endpoint=" + proxy.endpoint(), "--aws.secrets.region=eu-west-1")
					.yaml("app.password: $<secret:chaos/0.password>")
					.watched(time)
					.run()) {
			proxy.mode(mode);
			server.put("chaos/0", Canary.json("chaos/0", 2, "password"));
			time.advance(CoreRun.INTERVAL);
			assertThat(has(context, (mode == Mode.DELAY) ? 2 : 1)).isTrue();
			proxy.mode(Mode.PASS);
			server.put("chaos/0", Canary.json("chaos/0", 3, "password"));
			time.advance(CoreRun.INTERVAL.multipliedBy(2));
			assertThat(has(context, 3)).isTrue();
		}
	}

	private static boolean has(ConfigurableApplicationContext context, int version) {
		return Canary.value("chaos/0.password", version).equals(context.getEnvironment().getProperty("app.password"));
	}

}
