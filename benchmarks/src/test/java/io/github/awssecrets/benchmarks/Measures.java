package io.github.awssecrets.benchmarks;

import java.lang.management.ManagementFactory;

import org.springframework.core.env.Environment;

/**
 * What benchmarks measure besides the time of the clock.
 */
final class Measures {

	private static final int COLLECTIONS = 3;

	private Measures() {
	}

	/**
	 * Return the processor time of this thread.
	 * @return nanoseconds
	 */
	static long processorTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	/**
	 * Return the heap that is in use after garbage collection.
	 * @return bytes
	 */
	static long usedHeap() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	static void readAll(Environment environment, String[] names) {
		for (String name : names) {
			try {
				environment.getProperty(name);
			}
			catch (IllegalArgumentException ex) {
				// Before installation, a placeholder may lead to what looks like one
			}
		}
	}

}
