package io.github.awssecrets.benchmarks.application;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * The heap of this process.
 */
final class Heap {

	private static final int COLLECTIONS = 3;

	private Heap() {
	}

	/**
	 * Report the most that was in use so far, and what is after collections.
	 */
	static void report() {
		long peak = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getPeakUsage)
			.mapToLong((usage) -> usage.getUsed())
			.sum();
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		Report.HEAP.print(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), peak);
	}

}
