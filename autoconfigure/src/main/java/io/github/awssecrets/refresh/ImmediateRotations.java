package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.awssecrets.embedded.VersionChange;
import io.github.awssecrets.embedded.VersionListener;
import io.github.awssecrets.env.SecretsEnvironment;
import io.github.awssecrets.env.UsedSecret;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalFailure;
import io.github.awssecrets.retrieval.RetrievalOutcome;
import io.github.awssecrets.retrieval.SecretVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Has an application under test follow a rotation of the embedded server at once, and
 * lets the test go on when that is done: when the Environment, the beans and all who are
 * told of rotations have the new version. It makes no difference whether secrets are
 * watched. A context that does not use the secret, or is not ready yet, is left alone.
 * <p>
 * The refresh is done on a thread of its own, since one that hangs could not be told
 * otherwise. Safe for use by several threads.
 */
public final class ImmediateRotations implements VersionListener {

	private static final String THREAD_NAME = "aws-secrets-rotate";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String CURRENT_STAGE = "AWSCURRENT";

	private final ConfigurableApplicationContext context;

	private final SecretsEnvironment secrets;

	private final SecretsWatcher watcher;

	private final RefreshEventApplier applier;

	private final Duration patience;

	/**
	 * Create an instance.
	 * @param context the context
	 * @param secrets the secrets of the application
	 * @param watcher the watcher of its secrets, started or not
	 * @param applier applies changes
	 */
	public ImmediateRotations(ConfigurableApplicationContext context, SecretsEnvironment secrets,
			SecretsWatcher watcher, RefreshEventApplier applier) {
		this(context, secrets, watcher, applier, PATIENCE);
	}

	ImmediateRotations(ConfigurableApplicationContext context, SecretsEnvironment secrets, SecretsWatcher watcher,
			RefreshEventApplier applier, Duration patience) {
		this.context = context;
		this.secrets = secrets;
		this.watcher = watcher;
		this.applier = applier;
		this.patience = patience;
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalStateException if the version was rejected, could not be retrieved
	 * or applied, or if that takes too long
	 */
	@Override
	public void rotated(VersionChange rotation) {
		if (!this.applier.isReady() || uses(rotation).isEmpty()) {
			return;
		}
		String failure = refresh();
		SecretSelector missing = missing(rotation);
		if (missing != null || failure != null) {
			String reason = (missing != null) ? reason(missing, rotation.versionId(), failure) : failure;
			throw new IllegalStateException("Application '%s' has not applied version %s of secret '%s': %s"
				.formatted(this.context.getId(), rotation.versionId(), rotation.name(), reason));
		}
	}

	/* Every spelling, but for pinned versions */
	private List<SecretSelector> uses(VersionChange rotation) {
		return this.secrets.usedSecrets()
			.stream()
			.map(UsedSecret::selector)
			.filter((selector) -> selector.versionId() == null
					&& means(this.secrets.snapshots().current().outcome(selector), rotation))
			.toList();
	}

	private static boolean means(@Nullable RetrievalOutcome outcome, VersionChange rotation) {
		if (outcome instanceof SecretVersion version) {
			return version.arn().equals(rotation.arn());
		}
		return outcome instanceof RetrievalFailure failure && failure.id().name().equals(rotation.name())
				&& (failure.region() == null || failure.region().equals(rotation.region()));
	}

	/**
	 * Refresh, and wait for the end of it.
	 * @return what went wrong, as a clause without values, or {@code null}
	 */
	private @Nullable String refresh() {
		FutureTask<Boolean> refresh = new FutureTask<>(() -> {
			this.applier.refresh(this.watcher);
			this.watcher.whenTold().get();
			return true;
		});
		Thread thread = new Thread(refresh, THREAD_NAME);
		thread.setDaemon(true);
		thread.start();
		try {
			refresh.get(this.patience.toNanos(), TimeUnit.NANOSECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			// Its message may hold a value
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			return "the refresh failed with " + cause.getClass().getName();
		}
		catch (TimeoutException ex) {
			refresh.cancel(true);
			return "the refresh, or a listener to SecretRotatedEvent, is not done after %d s"
				.formatted(this.patience.toSeconds());
		}
		catch (InterruptedException ex) {
			refresh.cancel(true);
			Thread.currentThread().interrupt();
			return "the test was interrupted";
		}
	}

	/* What should have the version, and has another one */
	private @Nullable SecretSelector missing(VersionChange rotation) {
		return uses(rotation).stream()
			.filter((selector) -> selector.isCurrent() || CURRENT_STAGE.equals(selector.stage()))
			.filter((selector) -> !(this.secrets.snapshots().current().outcome(selector) instanceof SecretVersion inUse
					&& inUse.versionId().equals(rotation.versionId())))
			.findFirst()
			.orElse(null);
	}

	private String reason(SecretSelector selector, String versionId, @Nullable String failure) {
		for (SecretStatus secret : this.watcher.status().secrets()) {
			if (secret.selector().equals(selector) && versionId.equals(secret.rejectedVersionId())) {
				return "it was rejected, " + secret.reason();
			}
			if (secret.selector().equals(selector) && secret.failure() != null) {
				return "it cannot be retrieved (%s)".formatted(WatchLog.words(secret.failure()));
			}
		}
		return (failure != null) ? failure : "it was not retrieved";
	}

}
