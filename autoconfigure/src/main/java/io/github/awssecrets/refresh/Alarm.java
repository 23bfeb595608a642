package io.github.awssecrets.refresh;

/**
 * A moment at which something is due, if any. Allocates nothing. Not safe for use by
 * several threads.
 */
final class Alarm {

	private boolean set;

	private long nanoTime;

	void set(long nanoTime) {
		this.set = true;
		this.nanoTime = nanoTime;
	}

	/**
	 * Set this alarm, unless it is set to an earlier moment.
	 */
	void setAtLatest(long nanoTime) {
		if (!this.set || nanoTime - this.nanoTime < 0) {
			set(nanoTime);
		}
	}

	void clear() {
		this.set = false;
	}

	boolean isSet() {
		return this.set;
	}

	boolean isDue(long now) {
		return this.set && now - this.nanoTime >= 0;
	}

	/**
	 * Return the nanoseconds until this alarm is due; 0 if it is, and the maximum if it
	 * is not set.
	 */
	long remaining(long now) {
		return this.set ? Math.max(0, this.nanoTime - now) : Long.MAX_VALUE;
	}

}
