package io.github.awssecrets.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.refresh.SecretsWatcher;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} of the secrets in use: down only if a reference has no value.
 * An application whose last good values are served works, so that it is up, and the
 * detail {@code degraded} says what is wrong. Calls nobody.
 */
public final class SecretsHealthIndicator implements HealthIndicator {

	private static final int SHORT_ID_LENGTH = 8;

	private final SecretsReporter reporter;

	/**
	 * Create an indicator.
	 * @param secrets the secrets of the application
	 * @param watcher the watcher of its secrets
	 */
	public SecretsHealthIndicator(SecretsEnvironment secrets, SecretsWatcher watcher) {
		this.reporter = new SecretsReporter(secrets, watcher);
	}

	@Override
	public Health health() {
		SecretsDescriptor report = this.reporter.reportWithoutProperties();
		Health.Builder health = report.unresolved().isEmpty() ? Health.up() : Health.down();
		health.withDetail("secrets", report.secrets().size());
		addUnresolved(report, health);
		addDegraded(report, health);
		return health.build();
	}

	private static void addUnresolved(SecretsDescriptor report, Health.Builder health) {
		Map<String, String> unresolved = new LinkedHashMap<>();
		report.unresolved()
			.forEach((problem) -> unresolved.merge(problem.property(), problem.error(),
					(one, other) -> one + " " + other));
		if (!unresolved.isEmpty()) {
			health.withDetail("unresolved", unresolved);
		}
	}

	private static void addDegraded(SecretsDescriptor report, Health.Builder health) {
		Map<String, String> degraded = new LinkedHashMap<>();
		for (SecretDescriptor secret : report.secrets()) {
			String words = degraded(secret);
			if (words != null) {
				degraded.put(name(secret), words);
			}
		}
		if (!degraded.isEmpty()) {
			health.withDetail("degraded", degraded);
		}
		if (report.pollError() != null) {
			health.withDetail("pollError", report.pollError());
		}
	}

	/**
	 * Say why the last good version of a secret stays in use.
	 */
	private static @Nullable String degraded(SecretDescriptor secret) {
		if (secret.versionId() == null) {
			return null;
		}
		String stays = " Version %s stays in use.".formatted(shortId(secret.versionId()));
		SecretDescriptor.PollDescriptor poll = secret.lastPoll();
		if (poll != null && poll.error() != null) {
			return poll.error() + stays;
		}
		return (secret.rejectedVersionId() != null)
				? "Version %s was rejected: %s.".formatted(shortId(secret.rejectedVersionId()), secret.reason()) + stays
				: null;
	}

	private static String name(SecretDescriptor secret) {
		String version = (secret.stage() != null) ? secret.stage() : secret.version();
		return (version != null) ? "%s (%s)".formatted(secret.id(), version) : secret.id();
	}

	private static String shortId(String versionId) {
		return versionId.substring(0, Math.min(versionId.length(), SHORT_ID_LENGTH));
	}

}
