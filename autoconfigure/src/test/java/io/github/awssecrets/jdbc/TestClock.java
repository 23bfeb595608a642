package io.github.awssecrets.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import io.github.awssecrets.refresh.WatchClock;

/**
 * Time that passes when a test says so.
 */
final class TestClock implements WatchClock {

	/* Far from zero, so that nobody relies on the sign of a moment. */
	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

	void advance(Duration duration) {
		this.nanoTime.addAndGet(duration.toNanos());
	}

	@Override
	public long nanoTime() {
		return this.nanoTime.get();
	}

	@Override
	public Instant now() {
		return Instant.EPOCH;
	}

}
