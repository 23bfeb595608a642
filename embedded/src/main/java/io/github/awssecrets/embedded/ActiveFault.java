package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fault that was added to a server, until it is removed. Safe for use by several
 * threads.
 */
public final class ActiveFault implements AutoCloseable {

	private final Fault fault;

	private final Faults faults;

	private final AtomicInteger hits = new AtomicInteger();

	private final CountDownLatch removed = new CountDownLatch(1);

	ActiveFault(Fault fault, Faults faults) {
		this.fault = fault;
		this.faults = faults;
	}

	/**
	 * How often the fault has hit, calls that it still holds back included.
	 * @return the number of hits
	 */
	public int hits() {
		return this.hits.get();
	}

	/**
	 * Removes the fault and lets go of the calls that it holds back.
	 */
	public void remove() {
		this.faults.remove(this);
		this.removed.countDown();
	}

	/**
	 * Removes the fault.
	 */
	@Override
	public void close() {
		remove();
	}

	Fault fault() {
		return this.fault;
	}

	boolean hit() {
		return this.hits.getAndUpdate((count) -> (count < this.fault.times()) ? count + 1 : count) < this.fault.times();
	}

	void awaitRemoval() throws InterruptedException {
		this.removed.await();
	}

	// Returns whether the fault was removed before the time was over.
	boolean awaitRemoval(Duration limit) throws InterruptedException {
		return this.removed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
	}

}
