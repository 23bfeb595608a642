package io.github.awssecrets.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.chaos.Invariant.Violation;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.refresh.SecretsWatchLifecycle;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One run of a schedule against a real application whose calls go over HTTP, with its
 * time driven: each event, a poll, and a look at all that can be read.
 */
final class ApplicationRun {

	/** What an application can meet without long waits in real time. */
	static final List<Fault> FAULTS = List.of(Fault.THROTTLED, Fault.SERVER_ERROR, Fault.HTML_503,
			Fault.CREDENTIALS_EXPIRED, Fault.BATCH_DENIED, Fault.RESET, Fault.TRUNCATED, Fault.EMPTY_BODY,
			Fault.NOT_JSON, Fault.SECRET_DENIED, Fault.NOT_DECRYPTED, Fault.DELETED, Fault.SPOILS_BATCH, Fault.ROTATED,
			Fault.ROTATED_TO_64_KIB, Fault.ROTATED_TO_DEPTH_1000, Fault.ROTATED_TO_NUL, Fault.ROTATED_TO_EMOJI,
			Fault.ROTATED_TO_PLACEHOLDER, Fault.ROTATED_TO_EXPRESSION, Fault.ROTATED_TO_CIPHER,
			Fault.ROTATED_TO_REFERENCE, Fault.ROLLED_BACK, Fault.PENDING_LEFT, Fault.KEY_VANISHED, Fault.KEY_NULL,
			Fault.TURNED_TO_TEXT, Fault.TURNED_MALFORMED, Fault.LISTENER_THROWS, Fault.REFRESH_FAILS,
			Fault.REFRESH_REQUESTED, Fault.CLOSED_IN_MID_POLL, Fault.SUSPENDED);

	static final int SECRETS = 3;

	private static final Duration INTERVAL = Duration.ofSeconds(60);

	private final DrivenTime time = new DrivenTime();

	private final Schedule schedule;

	private final ServerSecrets secrets;

	private final TestApplication application;

	private ApplicationRun(Schedule schedule, SecretsServer server, TestApplication application) {
		this.schedule = schedule;
		this.secrets = new ServerSecrets(server, SECRETS);
		this.application = application;
	}

	/**
	 * Run a schedule.
	 * @param schedule the schedule
	 * @param server the server, which is empty
	 * @param directory an empty directory
	 * @return what did not hold, or {@code null} if all did
	 */
	static @Nullable Violation run(Schedule schedule, SecretsServer server, Path directory) {
		try {
			new ApplicationRun(schedule, server, TestApplication.in(directory, server)).run();
			return null;
		}
		catch (Violation ex) {
			return ex;
		}
		catch (RuntimeException ex) {
			Violation violation = Invariant.NOTHING_IS_THROWN.violated("%s", ex.getClass().getName());
			violation.initCause(ex);
			return violation;
		}
	}

	private void run() {
		StringBuilder yaml = new StringBuilder("app:\n");
		for (int i = 0; i < SECRETS; i++) {
			yaml.append("  s%d:\n    username: $<secret:chaos/%d.username>\n".formatted(i, i));
			yaml.append("    password: $<secret:chaos/%d.password>\n".formatted(i));
			yaml.append("    both: $<secret:chaos/%d.username> $<secret:chaos/%d.password>\n".formatted(i, i));
		}
		try (ConfigurableApplicationContext context = this.application.yaml(yaml.toString())
			.classes(ChaosBeans.class)
			.watched(this.time)
			.run()) {
			ChaosBeans beans = context.getBean(ChaosBeans.class);
			for (Schedule.Event event : this.schedule.events()) {
				begin(event, context, beans);
				poll(context);
				check(context);
				end(event, beans);
				if (event.duration().toMillis() % 2 == 0) {
					poll(context);
					check(context);
				}
			}
			requireAllWell(context, beans);
		}
	}

	private void begin(Schedule.Event event, ConfigurableApplicationContext context, ChaosBeans beans) {
		switch (event.fault()) {
			case LISTENER_THROWS, REFRESH_FAILS -> {
				beans.begin(event.fault());
				// There has to be something to refresh
				this.secrets.rotate(event.secret(), Fault.ROTATED);
			}
			case REFRESH_REQUESTED -> context.getBean(ContextRefresher.class).refresh();
			case CLOSED_IN_MID_POLL -> {
				SecretsWatchLifecycle lifecycle = context.getBean(SecretsWatchLifecycle.class);
				lifecycle.stop();
				this.time.advance(INTERVAL);
				lifecycle.start();
			}
			case SUSPENDED -> this.time.advance(Duration.ofHours(1));
			default -> this.secrets.begin(event.fault(), event.secret());
		}
	}

	private void end(Schedule.Event event, ChaosBeans beans) {
		beans.end();
		this.secrets.end(event.fault(), event.secret());
	}

	private void poll(ConfigurableApplicationContext context) {
		long polls = polls(context);
		this.time.advance(INTERVAL.plusSeconds(1));
		Invariant.POLLS_GO_ON.require(polls(context) > polls, "no poll within one interval");
	}

	private static long polls(ConfigurableApplicationContext context) {
		return context.getBean(SecretsWatcher.class).status().polls();
	}

	private void check(ConfigurableApplicationContext context) {
		for (int i = 0; i < SECRETS; i++) {
			String prefix = "app.s" + i + '.';
			String both = context.getEnvironment().getProperty(prefix + "both");
			Invariant.VALUES_STAY.require(both != null && !both.isBlank(), "%sboth is blank", prefix);
			Invariant.READS_ARE_CONSISTENT.require(this.secrets.wasEver(i, both),
					"%sboth is of no version that there was", prefix);
			Invariant.VALUES_ARE_DATA.require(
					both.equals(context.getEnvironment().getProperty(prefix + "username") + ' '
							+ context.getEnvironment().getProperty(prefix + "password")),
					"%sboth is not its parts", prefix);
		}
		context.getBean(SecretsWatcher.class).status().secrets().forEach((secret) -> {
			if (secret.failure() != null) {
				Invariant.FAILURES_ARE_NAMED.require(secret.failure().id().equals(secret.selector().id()),
						"the status of %s names %s", secret.selector().id(), secret.failure().id());
			}
		});
	}

	private void requireAllWell(ConfigurableApplicationContext context, ChaosBeans beans) {
		this.secrets.repair();
		for (int i = 0; i < SECRETS; i++) {
			this.secrets.rotate(i, Fault.ROTATED);
		}
		// What is retrieved apart or tried again has pauses of its own
		List<Duration> patience = new ArrayList<>(List.of(INTERVAL, INTERVAL, INTERVAL));
		while (!patience.isEmpty() && !isAllCurrent(context)) {
			this.time.advance(patience.remove(0).plusSeconds(3));
		}
		Invariant.ROTATIONS_ARRIVE.require(isAllCurrent(context), "rotations do not arrive");
		check(context);
		ChaosBeans.App app = context.getBean(ChaosBeans.App.class);
		Map<String, ChaosBeans.Login> logins = Map.of("0", app.getS0(), "1", app.getS1(), "2", app.getS2());
		for (int i = 0; i < SECRETS; i++) {
			Invariant.CHANGES_ARE_RETRIED.require(this.secrets.isCurrent(i, logins.get(String.valueOf(i)).getBoth()),
					"beans have another version");
		}
		Set<String> rotated = beans.rotated();
		for (int i = 0; i < SECRETS; i++) {
			Invariant.EVENTS_EQUAL_CHANGES.require(rotated.contains(this.secrets.versionId(i)),
					"nobody was told of the last rotation of chaos/%d", i);
		}
		Invariant.EVENTS_EQUAL_CHANGES.require(beans.repeated() == 0, "%d events came twice", beans.repeated());
	}

	private boolean isAllCurrent(ConfigurableApplicationContext context) {
		for (int i = 0; i < SECRETS; i++) {
			if (!this.secrets.isCurrent(i, context.getEnvironment().getProperty("app.s" + i + ".both"))) {
				return false;
			}
		}
		return context.getBean(SecretsWatcher.class).pending().isEmpty();
	}

}
