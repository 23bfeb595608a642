package io.github.awssecrets.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Borrowing a connection from a HikariCP pool and giving it back: with the starter, which
 * has the pool follow its secret, and without it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PoolBorrowing {

	private static final int BORROWS = 1000;

	@Param({ "false", "true" })
	public boolean starter;

	private @Nullable OrdersApplication application;

	private @Nullable DataSource pool;

	@Setup(Level.Trial)
	public void start() {
		OrdersApplication started = OrdersApplication.start(this.starter);
		this.application = started;
		this.pool = started.context().getBean(DataSource.class);
	}

	@TearDown(Level.Trial)
	public void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Benchmark
	@OperationsPerInvocation(BORROWS)
	public void borrowed(Cost cost, Blackhole blackhole) throws SQLException {
		DataSource source = this.pool;
		if (source == null) {
			throw new IllegalStateException("Not started");
		}
		long start = cost.start();
		for (int i = 0; i < BORROWS; i++) {
			try (Connection connection = source.getConnection()) {
				blackhole.consume(connection);
			}
		}
		cost.stop(start, BORROWS);
	}

}
