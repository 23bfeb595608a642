package io.github.awssecrets.benchmarks;

import java.util.concurrent.TimeUnit;

import io.github.awssecrets.env.LargeInstallation;
import io.github.awssecrets.testing.LargeApplication;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Installing the secrets of a large application, which are at hand: looking for
 * references, resolving them, and putting the twins into the Environment, in a new JVM
 * and in a warm one. The counters say what that takes: processor time of the thread,
 * which other processes disturb less than the time of the clock, and heap that stays in
 * use, with all properties read once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(value = 5, jvmArgs = "-Xmx3g")
public class Installation {

	@Param({ "1000", "10000", "100000" })
	public int references;

	private LargeInstallation installation = new LargeInstallation(new LargeApplication(0));

	@Setup(Level.Invocation)
	public void prepare() {
		this.installation = new LargeInstallation(new LargeApplication(this.references));
	}

	@Benchmark
	public Object installCold(Cost cost) {
		return install(cost);
	}

	@Benchmark
	@Warmup(iterations = 4)
	public Object installWarm(Cost cost) {
		return install(cost);
	}

	@Benchmark
	public Object startCold(Cost cost) {
		return measure(this.installation::start, cost);
	}

	private Object install(Cost cost) {
		return measure(this.installation::install, cost);
	}

	private Object measure(Runnable action, Cost cost) {
		long start = Measures.processorTime();
		action.run();
		cost.processorMillis += (Measures.processorTime() - start) / 1_000_000;
		return this.installation;
	}

	@Benchmark
	public Object installAndReadAll(Heap heap) {
		LargeApplication application = new LargeApplication(this.references);
		String[] names = application.values().keySet().toArray(String[]::new);
		// What Boot keeps of the names is not ours
		Measures.readAll(this.installation.environment(), names);
		long before = Measures.usedHeap();
		this.installation.install();
		Measures.readAll(this.installation.environment(), names);
		heap.bytesPerReference += (Measures.usedHeap() - before) / this.references;
		return this.installation;
	}

	/**
	 * Processor time.
	 */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.EVENTS)
	public static class Cost {

		public long processorMillis;

	}

	/**
	 * Heap in use.
	 */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.EVENTS)
	public static class Heap {

		public long bytesPerReference;

	}

}
