package io.github.awssecrets.refresh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.UsedSecret;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import io.github.awssecrets.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A poll that somebody asks for: retrieves all secrets in use, applies what has changed,
 * and says what became of each. Works whether secrets are watched or not. Safe for use by
 * several threads; one poll at a time.
 */
public final class OnDemandPoll {

	private static final Log logger = LogFactory.getLog(OnDemandPoll.class);

	private final SecretsEnvironment secrets;

	private final SecretsWatcher watcher;

	private final RefreshEventApplier applier;

	/**
	 * Create an instance.
	 * @param secrets the secrets of the application
	 * @param watcher the watcher of its secrets, started or not
	 * @param applier applies changes
	 */
	public OnDemandPoll(SecretsEnvironment secrets, SecretsWatcher watcher, RefreshEventApplier applier) {
		this.secrets = secrets;
		this.watcher = watcher;
		this.applier = applier;
	}

	/**
	 * Poll, and wait until changes are applied.
	 * @return what became of the secrets in use; empty if references are not resolved
	 */
	public synchronized List<PolledSecret> run() {
		if (!this.secrets.settings().enabled() || this.secrets.usedSecrets().isEmpty()) {
			return List.of();
		}
		Snapshot before = this.secrets.snapshots().current();
		String error = refresh();
		WatchStatus status = this.watcher.status();
		error = (error != null) ? error : status.pollError();
		Snapshot after = this.secrets.snapshots().current();
		Map<SecretSelector, SecretStatus> statuses = new LinkedHashMap<>();
		status.secrets().forEach((secret) -> statuses.put(secret.selector(), secret));
		Map<Object, PolledSecret> polled = new LinkedHashMap<>();
		for (UsedSecret used : this.secrets.usedSecrets()) {
			SecretSelector selector = used.selector();
			polled.putIfAbsent(after.identity(selector), new PolledSecret(selector, versionId(before.outcome(selector)),
					versionId(after.outcome(selector)), statuses.get(selector), error));
		}
		return List.copyOf(polled.values());
	}

	/**
	 * Retrieve and apply.
	 * @return the class of what that failed with, whose message may hold a value, or
	 * {@code null} if it did not
	 */
	private @Nullable String refresh() {
		try {
			this.applier.refresh(this.watcher);
			return null;
		}
		catch (RuntimeException ex) {
			logger.warn("Secrets were polled on demand, but the refresh failed: %s".formatted(ex.getClass().getName()));
			return ex.getClass().getName();
		}
	}

	private static @Nullable String versionId(@Nullable RetrievalOutcome outcome) {
		return (outcome instanceof SecretVersion version) ? version.versionId() : null;
	}

}
