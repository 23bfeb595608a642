package io.github.awssecrets.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.actuate.SecretDescriptor.PollDescriptor;
import io.github.awssecrets.actuate.SecretDescriptor.PropertyDescriptor;
import io.github.awssecrets.env.FailureDescription;
import io.github.awssecrets.env.PropertyUse;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.UsedSecret;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollOutcome;
import io.github.awssecrets.refresh.SecretState;
import io.github.awssecrets.refresh.SecretStatus;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.WatchStatus;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Says at one moment what is known of the secrets in use: what the configuration uses of
 * them, which version is in use, and what polls found. All spellings of a secret are one.
 */
final class SecretsReporter {

	private final SecretsEnvironment secrets;

	private final SecretsWatcher watcher;

	SecretsReporter(SecretsEnvironment secrets, SecretsWatcher watcher) {
		this.secrets = secrets;
		this.watcher = watcher;
	}

	/**
	 * Report on all secrets in use.
	 * @return the secrets with the properties that use them
	 */
	SecretsDescriptor report() {
		return report(this.secrets.propertyUses());
	}

	/**
	 * Do the same at little cost, without the properties.
	 * @return the secrets
	 */
	SecretsDescriptor reportWithoutProperties() {
		return report(Map.of());
	}

	private SecretsDescriptor report(Map<SecretSelector, Set<PropertyUse>> uses) {
		WatchStatus watch = this.watcher.status();
		return new SecretsDescriptor(this.secrets.region(), watch.running() && !watch.idle(), watch.lastPoll(),
				watch.nextPoll(), watch.pollError(), secrets(watch, uses),
				this.secrets.problems().stream().map(UnresolvedDescriptor::of).toList());
	}

	private List<SecretDescriptor> secrets(WatchStatus watch, Map<SecretSelector, Set<PropertyUse>> uses) {
		Snapshot snapshot = this.secrets.snapshots().current();
		Map<SecretSelector, SecretStatus> statuses = new LinkedHashMap<>();
		watch.secrets().forEach((status) -> statuses.put(status.selector(), status));
		Map<Object, List<SecretSelector>> spellings = new LinkedHashMap<>();
		for (UsedSecret used : this.secrets.usedSecrets()) {
			SecretSelector selector = used.selector();
			spellings.computeIfAbsent(snapshot.identity(selector), (key) -> new ArrayList<>()).add(selector);
		}
		return spellings.values().stream().map((selectors) -> secret(selectors, snapshot, statuses, uses)).toList();
	}

	private SecretDescriptor secret(List<SecretSelector> spellings, Snapshot snapshot,
			Map<SecretSelector, SecretStatus> statuses, Map<SecretSelector, Set<PropertyUse>> uses) {
		SecretSelector selector = spellings.get(0);
		RetrievalOutcome outcome = snapshot.outcome(selector);
		SecretVersion version = (outcome instanceof SecretVersion retrieved) ? retrieved : null;
		SecretStatus status = statuses.get(selector);
		String region = (selector.region() != null) ? selector.region() : this.secrets.region();
		List<PropertyDescriptor> properties = spellings.stream()
			.flatMap((spelling) -> uses.getOrDefault(spelling, Set.of()).stream())
			.map((use) -> new PropertyDescriptor(use.property(), use.key().isEmpty() ? null : use.key(), use.origin()))
			.toList();
		return new SecretDescriptor(selector.id().value(), (version != null) ? version.arn() : null,
				(version != null) ? version.region() : region, selector.stage(), selector.versionId(),
				(version != null) ? version.versionId() : null, (version != null) ? version.stages() : null,
				state(status, outcome), (status != null) ? status.reason() : null,
				(status != null) ? status.rejectedVersionId() : null,
				(status != null) ? status.pendingVersionId() : null, (status != null) ? status.since() : null,
				retrieved(status, version), (status != null) ? status.changed() : null,
				lastPoll(selector, status, outcome), (status != null) ? status.nextPoll() : null, properties);
	}

	private String state(@Nullable SecretStatus status, @Nullable RetrievalOutcome outcome) {
		if (!this.secrets.settings().enabled()) {
			return "disabled";
		}
		if (status != null) {
			return word(status.state());
		}
		if (outcome instanceof RetrievalFailure failure) {
			return word(
					(failure.cause() == RetrievalFailure.Cause.NOT_FOUND) ? SecretState.ABSENT : SecretState.FAILING);
		}
		return (outcome != null) ? word(SecretState.CURRENT) : "unread";
	}

	private static @Nullable Instant retrieved(@Nullable SecretStatus status, @Nullable SecretVersion version) {
		if (status != null && status.retrieved() != null) {
			return status.retrieved();
		}
		return (version != null) ? version.retrieved() : null;
	}

	private static @Nullable PollDescriptor lastPoll(SecretSelector selector, @Nullable SecretStatus status,
			@Nullable RetrievalOutcome outcome) {
		RetrievalFailure failure = (status != null) ? status.failure()
				: (outcome instanceof RetrievalFailure atStart) ? atStart : null;
		Instant polled = (status != null) ? status.polled() : null;
		if (failure != null) {
			FailureDescription words = FailureDescription.of(selector, failure);
			PollOutcome found = (status != null && status.outcome() != null) ? status.outcome() : PollOutcome.FAILED;
			return new PollDescriptor(polled, word(found), words.cause(), words.description(), words.action());
		}
		return (status != null && status.outcome() != null)
				? new PollDescriptor(polled, word(status.outcome()), null, null, null) : null;
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
