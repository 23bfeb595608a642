package io.github.awssecrets.benchmarks;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The refresh after one of 500 secrets was rotated, with everything that Spring does in
 * it: with the starter, from what was retrieved to its acknowledgement, and without it,
 * where one property of a file has changed. The difference is the starter's share.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 60)
@Measurement(iterations = 40)
@Fork(1)
public class Refreshing {

	@Param({ "false", "true" })
	public boolean starter;

	@Param("500")
	public int secrets;

	private @Nullable RefreshedApplication application;

	@Setup(Level.Trial)
	public void start() {
		this.application = RefreshedApplication.start(this.secrets, this.starter);
	}

	@TearDown(Level.Trial)
	public void close() {
		application().close();
	}

	@Setup(Level.Invocation)
	public void rotate() {
		application().rotate();
	}

	@TearDown(Level.Invocation)
	public void check() {
		if (!application().isRefreshed()) {
			throw new IllegalStateException("The new version has not arrived");
		}
	}

	@Benchmark
	public void refreshed(Cost cost) {
		long start = cost.start();
		application().refresh();
		cost.stop(start, 1);
	}

	private RefreshedApplication application() {
		RefreshedApplication started = this.application;
		if (started == null) {
			throw new IllegalStateException("Not started");
		}
		return started;
	}

}
