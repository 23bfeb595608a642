package io.github.awssecrets.benchmarks;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.github.awssecrets.testing.JdbcLoad;

/**
 * How long connections were waited for, in one part of a run after the other. Safe for
 * use by several threads.
 */
final class BorrowTimes implements JdbcLoad.Borrows {

	private volatile Collection<Long> part = new ConcurrentLinkedQueue<>();

	@Override
	public void borrowed(long end, long nanos) {
		this.part.add(nanos);
	}

	/**
	 * End a part, and begin another.
	 * @return what was seen in the part
	 */
	Part next() {
		Collection<Long> ended = this.part;
		this.part = new ConcurrentLinkedQueue<>();
		return Part.of(ended.stream().mapToLong(Long::longValue).sorted().toArray());
	}

	/**
	 * What was seen in a part of a run, in milliseconds.
	 *
	 * @param percentile99 what 99 of 100 borrows did not exceed
	 * @param longest the longest of all
	 */
	record Part(double percentile99, double longest) {

		private static Part of(long[] sorted) {
			if (sorted.length == 0) {
				throw new IllegalStateException("Nothing was borrowed");
			}
			return new Part(millis(sorted[(int) Math.ceil(sorted.length * 0.99) - 1]),
					millis(sorted[sorted.length - 1]));
		}

		private static double millis(long nanos) {
			return (double) nanos / TimeUnit.MILLISECONDS.toNanos(1);
		}

	}

}
