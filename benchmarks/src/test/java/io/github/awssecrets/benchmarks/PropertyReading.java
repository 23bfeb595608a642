package io.github.awssecrets.benchmarks;

import java.util.concurrent.TimeUnit;

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

import org.springframework.core.env.Environment;

/**
 * Reading properties of a Spring Boot application, one after another, by
 * {@link Environment#getProperty(String)}: with the starter, and without it, where those
 * that hold references have plain values.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PropertyReading {

	private static final int READS = 1000;

	@Param({ "false", "true" })
	public boolean starter;

	private @Nullable OrdersApplication application;

	@Setup(Level.Trial)
	public void start() {
		this.application = OrdersApplication.start(this.starter);
	}

	@TearDown(Level.Trial)
	public void close() {
		application().close();
	}

	@Benchmark
	@OperationsPerInvocation(READS)
	public void unreferenced(Cost cost, Blackhole blackhole) {
		read(OrdersApplication.UNREFERENCED, cost, blackhole);
	}

	@Benchmark
	@OperationsPerInvocation(READS)
	public void referenced(Cost cost, Blackhole blackhole) {
		read(OrdersApplication.REFERENCED, cost, blackhole);
	}

	private void read(String[] names, Cost cost, Blackhole blackhole) {
		Environment environment = application().environment();
		long start = cost.start();
		for (int i = 0; i < READS; i++) {
			blackhole.consume(environment.getProperty(names[i % names.length]));
		}
		cost.stop(start, READS);
	}

	private OrdersApplication application() {
		OrdersApplication started = this.application;
		if (started == null) {
			throw new IllegalStateException("Not started");
		}
		return started;
	}

}
