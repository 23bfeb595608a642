package io.github.awssecrets.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;

import com.zaxxer.hikari.HikariDataSource;
import io.github.awssecrets.refresh.WatchThreads;
import org.awaitility.Awaitility;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolEvictions}.
 */
class PoolEvictionsTests {

	private final TestClock clock = new TestClock();

	private final Threads threads = new Threads();

	private final PoolEvictions evictions = new PoolEvictions(this.clock, this.threads);

	@Test
	void evictWhenPoolRunsEvictsTwiceAndLetsConnectionsInUseFinish() throws SQLException {
		try (HikariDataSource pool = pool(); Connection inUse = pool.getConnection()) {
			this.evictions.evict(pool);
			assertThat(this.threads.wakes).isEqualTo(1);
			assertThat(inUse.isValid(1)).isTrue();
			Connection late;
			try (Connection borrowed = pool.getConnection()) {
				late = borrowed.unwrap(JdbcConnection.class);
			}
			assertThat(this.evictions.run()).isEqualTo(Duration.ofSeconds(3).toNanos());
			this.clock.advance(Duration.ofSeconds(2));
			assertThat(this.evictions.run()).isEqualTo(Duration.ofSeconds(1).toNanos());
			assertThat(late.isClosed()).isFalse();
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(this.evictions.run()).isEqualTo(WatchThreads.Loop.IDLE);
			Awaitility.await().until(late::isClosed);
			assertThat(this.evictions.run()).isEqualTo(WatchThreads.Loop.IDLE);
			assertThat(inUse.isValid(1)).isTrue();
		}
	}

	@Test
	void evictWhenPoolIsNotStartedDoesNotStartIt() {
		try (HikariDataSource pool = pool()) {
			this.evictions.evict(pool);
			this.clock.advance(Duration.ofSeconds(10));
			this.evictions.run();
			assertThat(pool.isRunning()).isFalse();
		}
	}

	@Test
	void evictWhenPoolWasClosedDoesNothing() throws SQLException {
		HikariDataSource pool = pool();
		pool.getConnection().close();
		pool.close();
		this.evictions.evict(pool);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.evictions.run()).isEqualTo(WatchThreads.Loop.IDLE);
	}

	@Test
	void closeWhenEvictionIsDueEndsThreads() {
		try (HikariDataSource pool = pool()) {
			this.evictions.evict(pool);
			this.evictions.close();
			assertThat(this.threads.stopped).isTrue();
			assertThat(this.evictions.run()).isEqualTo(WatchThreads.Loop.IDLE);
		}
	}

	private static HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:h2:mem:evictions");
		pool.setConnectionTimeout(2000);
		pool.setMaximumPoolSize(3);
		return pool;
	}

	private static final class Threads implements WatchThreads {

		private int wakes;

		private boolean stopped;

		@Override
		public void wake(Loop loop) {
			this.wakes++;
		}

		@Override
		public <T> Job run(String name, Callable<T> work, Completion<T> then) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void stop() {
			this.stopped = true;
		}

	}

}
