package io.github.awssecrets.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollReport;
import io.github.awssecrets.refresh.SecretState;
import io.github.awssecrets.refresh.SecretStatus;
import io.github.awssecrets.refresh.WatchClock;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.refresh.WatchStatus;
import io.github.awssecrets.retrieval.RetrievalCall;
import io.github.awssecrets.retrieval.RetrievalListener;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.SecretChange;
import io.github.awssecrets.snapshot.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of retrievals, polls and rotations. All tags have few values: none names a
 * secret, of which there may be thousands.
 */
public final class SecretsMetrics implements MeterBinder, WatchListener {

	private static final String PREFIX = "aws.secrets.";

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	private final SecretsEnvironment secrets;

	private final Supplier<WatchStatus> status;

	private final WatchClock clock;

	/**
	 * Create metrics.
	 * @param secrets the secrets of the application
	 * @param status what is known of its secrets
	 * @param clock the time by which they are watched
	 */
	public SecretsMetrics(SecretsEnvironment secrets, Supplier<WatchStatus> status, WatchClock clock) {
		this.secrets = secrets;
		this.status = status;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (SecretState state : SecretState.values()) {
			Gauge.builder(PREFIX + "secrets", this, (metrics) -> metrics.count(state))
				.tag("state", word(state))
				.description("Watched secrets by their state")
				.register(registry);
		}
		TimeGauge.builder(PREFIX + "age", this, TimeUnit.NANOSECONDS, SecretsMetrics::age)
			.description("Time since AWS last answered for the secret for which that is longest")
			.register(registry);
		List.of("success", "partial", "failed").forEach((outcome) -> polls(registry, outcome));
		List.of("applied", "rejected").forEach((outcome) -> rotations(registry, outcome));
		this.registries.add(registry);
		this.secrets.addRetrievalListener(new RetrievalListener() {

			@Override
			public void called(RetrievalCall call) {
				calls(registry, call).record(call.elapsed());
			}

		});
	}

	private static Timer calls(MeterRegistry registry, RetrievalCall call) {
		return Timer.builder(PREFIX + "calls")
			.tag("operation", call.operation())
			.tag("outcome", call.outcome())
			.description("Calls of AWS Secrets Manager")
			.register(registry);
	}

	private static Counter polls(MeterRegistry registry, String outcome) {
		return Counter.builder(PREFIX + "polls")
			.tag("outcome", outcome)
			.description("Polls of the secrets in use")
			.register(registry);
	}

	private static Counter rotations(MeterRegistry registry, String outcome) {
		return Counter.builder(PREFIX + "rotations")
			.tag("outcome", outcome)
			.description("Rotations of secrets")
			.register(registry);
	}

	private static Counter failures(MeterRegistry registry, String cause) {
		return Counter.builder(PREFIX + "failures")
			.tag("cause", cause)
			.description("Secrets that a poll could not retrieve")
			.register(registry);
	}

	private long count(SecretState state) {
		Snapshot snapshot = this.secrets.snapshots().current();
		return this.status.get()
			.secrets()
			.stream()
			.filter((secret) -> secret.state() == state)
			.map((secret) -> snapshot.identity(secret.selector()))
			.distinct()
			.count();
	}

	private double age() {
		Instant now = this.clock.now();
		return this.status.get()
			.secrets()
			.stream()
			.map(this::answered)
			.filter(Objects::nonNull)
			.mapToLong((answered) -> Duration.between(answered, now).toNanos())
			.max()
			.stream()
			.asDoubleStream()
			.findFirst()
			.orElse(Double.NaN);
	}

	private @Nullable Instant answered(SecretStatus secret) {
		if (secret.retrieved() != null) {
			return secret.retrieved();
		}
		return (this.secrets.snapshots().current().outcome(secret.selector()) instanceof SecretVersion version)
				? version.retrieved() : null;
	}

	@Override
	public void polled(PollReport report) {
		int failed = report.failures().size();
		boolean all = report.error() != null || (failed > 0 && failed == report.secrets());
		String outcome = all ? "failed" : (failed > 0) ? "partial" : "success";
		this.registries.forEach((registry) -> {
			polls(registry, outcome).increment();
			report.failures().values().forEach((failure) -> failures(registry, word(failure.cause())).increment());
		});
	}

	@Override
	public void applied(Map<SecretSelector, SecretChange> changes) {
		Set<Object> versions = Collections.newSetFromMap(new IdentityHashMap<>());
		changes.values().forEach((change) -> {
			if (change.after() instanceof SecretVersion version) {
				versions.add(version);
			}
		});
		this.registries.forEach((registry) -> rotations(registry, "applied").increment(versions.size()));
	}

	@Override
	public void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
			String reason) {
		this.registries.forEach((registry) -> rotations(registry, "rejected").increment());
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
