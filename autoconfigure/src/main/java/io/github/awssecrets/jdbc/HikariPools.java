package io.github.awssecrets.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.credentials.CredentialSource;
import io.github.awssecrets.credentials.CredentialVersion;
import io.github.awssecrets.credentials.Credentials;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.snapshot.SecretChange;
import org.jspecify.annotations.Nullable;

/**
 * The pools of an application whose credentials come from secrets. After a rotation of
 * their own secrets they make new connections, in their own time. Safe for use by several
 * threads.
 */
public final class HikariPools implements WatchListener {

	private final PoolEvictions evictions;

	private final List<Pool> pools = new ArrayList<>();

	/**
	 * Create an instance without pools.
	 * @param evictions evict connections
	 */
	public HikariPools(PoolEvictions evictions) {
		this.evictions = evictions;
	}

	synchronized void add(HikariDataSource pool, CredentialSource credentials) {
		this.pools.add(new Pool(pool, credentials));
	}

	@Override
	public void applied(Map<SecretSelector, SecretChange> changes) {
		List<Pool> all;
		synchronized (this) {
			this.pools.removeIf((pool) -> pool.dataSource.isClosed());
			all = List.copyOf(this.pools);
		}
		all.stream().filter(Pool::isRotated).forEach((pool) -> this.evictions.evict(pool.dataSource));
	}

	private static final class Pool {

		private final HikariDataSource dataSource;

		private final CredentialSource credentials;

		private @Nullable CredentialVersion version;

		Pool(HikariDataSource dataSource, CredentialSource credentials) {
			this.dataSource = dataSource;
			this.credentials = credentials;
			this.version = currentVersion();
		}

		private @Nullable CredentialVersion currentVersion() {
			Credentials current = this.credentials.current();
			return (current != null) ? current.version() : null;
		}

		synchronized boolean isRotated() {
			CredentialVersion current = currentVersion();
			boolean rotated = current != null && !current.equals(this.version);
			this.version = (current != null) ? current : this.version;
			return rotated;
		}

	}

}
