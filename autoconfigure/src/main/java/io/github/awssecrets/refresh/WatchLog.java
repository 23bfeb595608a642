package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalFailure.Cause;
import io.github.awssecrets.snapshot.SecretChange;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a watcher finds to the log; what became of it is told by
 * {@link RotationEvents}. Of exceptions it shows the class alone: their messages may hold
 * values.
 */
final class WatchLog implements WatchListener {

	private static final int MAXIMUM_NAMES = 3;

	private final Log logger = LogFactory.getLog(SecretsWatcher.class);

	@Override
	public void polled(PollReport report) {
		if (report.error() == null && this.logger.isDebugEnabled()) {
			this.logger.debug("Polled %d secrets: %d calls, %d ms; %d accepted, %d rejected, %d failed, %d to confirm"
				.formatted(report.secrets(), report.calls(), report.elapsed().toMillis(), report.accepted().size(),
						report.rejected().size(), report.failures().size(), report.unconfirmed().size()));
		}
	}

	@Override
	public void accepted(SecretSelector secret, SecretChange change) {
		if (this.logger.isDebugEnabled()) {
			String versionId = change.newVersionId();
			this.logger.debug("Secret %s: %s accepted".formatted(WatchedSecret.describe(secret),
					(versionId != null) ? "version " + WatchedSecret.shortId(versionId) : "its absence"));
		}
	}

	@Override
	public void rejected(SecretSelector secret, @Nullable String versionIdInUse, String rejectedVersionId,
			String reason) {
		this.logger.warn("Secret %s: version %s rejected, %s; %s".formatted(WatchedSecret.describe(secret),
				WatchedSecret.shortId(rejectedVersionId), reason, inUse(versionIdInUse)));
	}

	private static String inUse(@Nullable String versionId) {
		return (versionId != null) ? "version %s stays in use".formatted(WatchedSecret.shortId(versionId))
				: "there is no version to use";
	}

	@Override
	public void failing(List<SecretStatus> secrets) {
		Map<Cause, List<SecretStatus>> byCause = secrets.stream()
			.filter((secret) -> secret.failure() != null)
			.collect(Collectors.groupingBy((secret) -> cause(secret.failure()), LinkedHashMap::new,
					Collectors.toList()));
		byCause.forEach((cause, failing) -> {
			if (failing.size() == 1) {
				SecretStatus secret = failing.get(0);
				this.logger.warn("Secret %s: %s (%s); %s".formatted(WatchedSecret.describe(secret.selector()),
						(secret.state() == SecretState.GONE) ? "gone" : "cannot be retrieved", words(cause),
						inUse(secret.versionId())));
			}
			else {
				this.logger.warn("%d secrets cannot be retrieved (%s), what is in use stays: %s"
					.formatted(failing.size(), words(cause), names(failing)));
			}
		});
	}

	private static Cause cause(@Nullable RetrievalFailure failure) {
		return (failure != null) ? failure.cause() : Cause.CLIENT_FAILED;
	}

	static String words(RetrievalFailure failure) {
		return words(failure.cause());
	}

	private static String words(Cause cause) {
		return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static String names(List<SecretStatus> secrets) {
		String names = secrets.stream()
			.limit(MAXIMUM_NAMES)
			.map((secret) -> WatchedSecret.describe(secret.selector()))
			.collect(Collectors.joining(", "));
		int more = secrets.size() - MAXIMUM_NAMES;
		return (more > 0) ? "%s and %d more".formatted(names, more) : names;
	}

	@Override
	public void recovered(List<SecretStatus> secrets) {
		if (secrets.size() == 1) {
			this.logger
				.info("Secret %s: can be retrieved again".formatted(WatchedSecret.describe(secrets.get(0).selector())));
		}
		else {
			this.logger.info("%d secrets can be retrieved again: %s".formatted(secrets.size(), names(secrets)));
		}
	}

	@Override
	public void pollFailed(Throwable failure) {
		this.logger.warn("Secrets could not be polled: %s; what is in use stays, and polling goes on"
			.formatted(failure.getClass().getName()));
	}

	@Override
	public void notApplied(@Nullable Throwable failure, int pending, Duration nextAttempt) {
		this.logger.warn("Changes of secrets (%d) were not applied%s; next attempt in %d s".formatted(pending,
				(failure != null) ? ": " + failure.getClass().getName() : "", Math.max(1, nextAttempt.toSeconds())));
	}

	@Override
	public void applyHangs(Duration elapsed) {
		this.logger.warn("Applying changes of secrets has taken %d s and is not done; polling goes on"
			.formatted(elapsed.toSeconds()));
	}

}
