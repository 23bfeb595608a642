package io.github.awssecrets.jdbc;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.retrieval.RetrievalFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells people by the log what becomes of the refused logins of one pool, each thing
 * once; has the watcher follow, and tells the application's own listeners.
 */
final class LoginLog implements LoginListener {

	private static final Log logger = LogFactory.getLog(LoginLog.class);

	private final String pool;

	private final Runnable behind;

	private final Supplier<Stream<LoginRetryListener>> listeners;

	private final AtomicBoolean denied = new AtomicBoolean();

	private final AtomicReference<@Nullable CredentialVersion> stuck = new AtomicReference<>();

	/**
	 * Create a log.
	 * @param pool the name of the pool
	 * @param behind called when AWS has another current version than the snapshot
	 * @param listeners has the application's own listeners
	 */
	LoginLog(String pool, Runnable behind, Supplier<Stream<LoginRetryListener>> listeners) {
		this.pool = pool;
		this.behind = behind;
		this.listeners = listeners;
	}

	@Override
	public void taken(CredentialVersion version, @Nullable CredentialVersion refused) {
		this.stuck.set(null);
		logger.info("Pool '%s' logs in with %s%s".formatted(this.pool, version,
				(refused != null) ? ", as the database refused " + refused : ""));
	}

	@Override
	public void nothingTaken(CredentialVersion version) {
		if (!version.equals(this.stuck.getAndSet(version))) {
			logger.warn(("The database refuses the logins of pool '%s' with %s, and there is no other version that it "
					+ "takes. They are tried again after a while; put the credentials that the database has into the "
					+ "secret.")
				.formatted(this.pool, version));
		}
	}

	@Override
	public void retried(LoginRetryOutcome outcome) {
		try {
			this.listeners.get().forEach((listener) -> listener.retried(this.pool, outcome));
		}
		catch (RuntimeException ex) {
			logger.warn("A LoginRetryListener failed for pool '%s'".formatted(this.pool), ex);
		}
	}

	@Override
	public void snapshotIsBehind() {
		this.behind.run();
	}

	@Override
	public void pendingDenied(List<RetrievalFailure> failures) {
		if (this.denied.compareAndSet(false, true)) {
			logger.warn(("The version that a rotation prepares (AWSPENDING) of secret %s may not be retrieved. While a "
					+ "rotation changes a password, new connections of pool '%s' may fail until it is finished. Allow "
					+ "secretsmanager:GetSecretValue on the secret for every version stage, or set "
					+ "aws.secrets.jdbc.pending=false.")
				.formatted(String.join(" and ", failures.stream().map((failure) -> failure.id().value()).toList()),
						this.pool));
		}
	}

}
