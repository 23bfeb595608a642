package io.github.awssecrets.env;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.awssecrets.embedded.Fault;
import io.github.awssecrets.embedded.SecretsServer;
import io.github.awssecrets.refresh.PollReport;
import io.github.awssecrets.refresh.SecretState;
import io.github.awssecrets.refresh.SecretStatus;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.retrieval.SecretsManagerClientCustomizer;
import io.github.awssecrets.testing.Canary;
import io.github.awssecrets.testing.DrivenTime;
import io.github.awssecrets.testing.TestApplication;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proofs that one secret that fails among twenty of a real application neither loses its
 * value nor holds up the others. What is retrieved apart has a thread of its own, so that
 * the clock goes on while it hangs; other retrievals take no time on that clock.
 */
@Timeout(120)
class FailingSecretIntegrationTests extends AbstractRotationTests {

	private static final int OTHERS = 19;

	private static final String BAD = "prod/bad";

	private static final String PASSWORD = BAD + ".password";

	private static final int ROUNDS = 3;

	private final DrivenTime time = new DrivenTime("aws-secrets-poll-apart");

	@ParameterizedTest
	@EnumSource
	void oneSecretWhenItFailsKeepsItsValueAndHoldsUpNobody(Failing failing) {
		try (ConfigurableApplicationContext context = application(failing).run()) {
			this.time.advance(Duration.ofMillis(700));
			Runnable end = failing.begin.apply(server);
			assertOthersFollow(context, 2);
			PolledSecrets polled = context.getBean(PolledSecrets.class);
			polled.counts.clear();
			for (int version = 3; version <= ROUNDS + 1; version++) {
				assertOthersFollow(context, version);
			}
			assertThat(polled.counts).contains(failing.quick ? OTHERS + 1 : OTHERS)
				.doesNotContain(failing.quick ? OTHERS : OTHERS + 1);
			assertThat(status(context).state()).isEqualTo(failing.state);
			assertThat(why(status(context))).startsWith(failing.why);
			assertPassword(context, PASSWORD, 1);
			end.run();
			server.put(BAD, Canary.json(BAD, 2, "password"));
			assertThat(this.time.advanceUntil(() -> recovered(context), VISIBLE)).as("recovers in time").isTrue();
			assertPassword(context, PASSWORD, 2);
			assertThat(status(context).state()).isEqualTo(SecretState.CURRENT);
			assertThat(events(context).refreshes).hasValue(ROUNDS + 1);
			assertThat(events(context).rotated).hasSize(ROUNDS * OTHERS + 1);
		}
	}

	private TestApplication application(Failing failing) {
		StringBuilder yaml = new StringBuilder("app.password: $<secret:%s>%n".formatted(PASSWORD));
		server.create(BAD, Canary.json(BAD, 1, "password"));
		for (int i = 0; i < OTHERS; i++) {
			server.create("prod/" + i, Canary.value("prod/" + i, 1));
			yaml.append("other%1$d: $<secret:prod/%1$d>%n".formatted(i));
		}
		TestApplication application = watched(this.time).classes(PolledSecrets.class).yaml(yaml.toString());
		return (failing != Failing.HANGING) ? application
				: application.customize((spring) -> spring.addBootstrapRegistryInitializer(
						(registry) -> registry.register(SecretsManagerClientCustomizer.class,
								InstanceSupplier.of(callsWithin(Duration.ofSeconds(2))))));
	}

	private static SecretsManagerClientCustomizer callsWithin(Duration timeout) {
		return (builder) -> builder
			.overrideConfiguration((configuration) -> configuration.apiCallAttemptTimeout(timeout));
	}

	private void assertOthersFollow(ConfigurableApplicationContext context, int version) {
		int refreshes = events(context).refreshes.get();
		for (int i = 0; i < OTHERS; i++) {
			server.put("prod/" + i, Canary.value("prod/" + i, version));
		}
		assertThat(this.time.advanceUntil(
				() -> IntStream.range(0, OTHERS).allMatch((i) -> has(context, "other" + i, "prod/" + i, version)),
				VISIBLE))
			.as("version %d of the others is seen in time", version)
			.isTrue();
		assertThat(events(context).refreshes).hasValue(refreshes + 1);
		assertThat(has(context, "app.password", PASSWORD, 1)).as("the value of the failing secret stays").isTrue();
	}

	private boolean recovered(ConfigurableApplicationContext context) {
		this.time.await();
		return has(context, "app.password", PASSWORD, 2);
	}

	private static SecretStatus status(ConfigurableApplicationContext context) {
		return context.getBean(SecretsWatcher.class)
			.status()
			.secrets()
			.stream()
			.filter((secret) -> secret.selector().id().value().equals(BAD))
			.findFirst()
			.orElseThrow();
	}

	private static String why(SecretStatus status) {
		return (status.failure() != null) ? status.failure().cause().name() : status.reason();
	}

	/**
	 * Counts the secrets that are asked for together.
	 */
	static class PolledSecrets implements WatchListener {

		private final List<Integer> counts = new CopyOnWriteArrayList<>();

		@Override
		public void polled(PollReport report) {
			this.counts.add(report.secrets());
		}

	}

	/**
	 * The ways in which a secret can fail.
	 */
	@SuppressWarnings("ImmutableEnumChecker")
	enum Failing {

		/* What a batch says of one secret; throttled calls are not one secret's fault */
		THROTTLED(Cause.THROTTLED, Fault.error("ThrottlingException", "Rate exceeded"), false),

		DENIED(Cause.ACCESS_DENIED, Fault.denied(), true),

		NOT_DECRYPTED(Cause.DECRYPTION_FAILED, Fault.decryptionFailure(), true),

		SERVER_ERROR(Cause.SERVER_ERROR, Fault.internalError(), false),

		UNAVAILABLE(Cause.SERVER_ERROR, Fault.unavailable(), false),

		RESET(Cause.CONNECTION_LOST, Fault.connectionClosed(), false),

		TRUNCATED(Cause.MALFORMED_ANSWER, Fault.truncatedBody(), false),

		MALFORMED(Cause.MALFORMED_ANSWER, Fault.malformedBody(), false),

		HANGING(Cause.TIMED_OUT, Fault.hanging(), false),

		DELETED(SecretState.GONE, Cause.SCHEDULED_FOR_DELETION.name(), (server) -> {
			server.delete(BAD, 7);
			return () -> server.restore(BAD);
		}, true),

		ROTATED_TO_BROKEN_JSON("it is not valid JSON: ", "{\"password\":"),

		ROTATED_WITHOUT_KEY("key 'password' is gone", Canary.json(BAD, 666, "other"));

		private final SecretState state;

		private final String why;

		/** Begins, and returns what ends it. */
		private final Function<SecretsServer, Runnable> begin;

		/** Whether it keeps nobody waiting. */
		private final boolean quick;

		Failing(Cause cause, Fault fault, boolean quick) {
			this(SecretState.FAILING, cause.name(), (server) -> server.faults().add(fault.forSecret(BAD))::remove,
					quick);
		}

		Failing(String why, String text) {
			this(SecretState.REJECTED, why, (server) -> {
				server.put(BAD, text);
				return () -> {
				};
			}, true);
		}

		Failing(SecretState state, String why, Function<SecretsServer, Runnable> begin, boolean quick) {
			this.state = state;
			this.why = why;
			this.begin = begin;
			this.quick = quick;
		}

	}

}
