package io.github.awssecrets.embedded;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the calls of one operation, so that a test can tell how many were open at the
 * same time; or the rotations that are about to begin a step. It lets all of them
 * through, and all later ones, as soon as the number of calls it was made for are held,
 * or it is {@linkplain #release released}. Safe for use by several threads.
 */
public final class Gate implements AutoCloseable {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final String operation;

	private final int enough;

	private int held;

	private int maximumHeld;

	private boolean released;

	Gate(String operation, int enough) {
		if (enough < 1) {
			throw new IllegalArgumentException("A gate must hold one call or more, not " + enough);
		}
		this.operation = operation;
		this.enough = enough;
	}

	/**
	 * Waits until a number of calls were held at the same time, now or before.
	 * @param count the number of calls
	 * @param timeout how long to wait at most
	 * @return whether they were
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean await(int count, Duration timeout) throws InterruptedException {
		long remaining = timeout.toNanos();
		this.lock.lock();
		try {
			while (this.maximumHeld < count) {
				if (remaining <= 0) {
					return false;
				}
				remaining = this.changed.awaitNanos(remaining);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The largest number of calls that were held at the same time.
	 * @return the number of calls
	 */
	public int maxHeld() {
		this.lock.lock();
		try {
			return this.maximumHeld;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets all calls through from now on.
	 */
	public void release() {
		this.lock.lock();
		try {
			this.released = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets all calls through from now on.
	 */
	@Override
	public void close() {
		release();
	}

	void pass(String calledOperation) throws InterruptedException {
		if (!this.operation.equals(calledOperation)) {
			return;
		}
		this.lock.lockInterruptibly();
		try {
			if (this.released) {
				return;
			}
			this.held++;
			this.maximumHeld = Math.max(this.maximumHeld, this.held);
			this.released = this.held >= this.enough;
			this.changed.signalAll();
			try {
				while (!this.released) {
					this.changed.await();
				}
			}
			finally {
				this.held--;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isReleased() {
		this.lock.lock();
		try {
			return this.released;
		}
		finally {
			this.lock.unlock();
		}
	}

}
