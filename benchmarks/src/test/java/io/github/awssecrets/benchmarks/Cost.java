package io.github.awssecrets.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Processor time of the thread, which other processes disturb less than the time of the
 * clock.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cost {

	public long processorNanos;

	public long operations;

	long start() {
		return Measures.processorTime();
	}

	void stop(long start, int operations) {
		this.processorNanos += Measures.processorTime() - start;
		this.operations += operations;
	}

}
