package io.github.awssecrets.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that passes when it is told to, and when somebody pauses.
 */
final class VirtualTiming implements Timing {

	private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

	final List<Duration> pauses = new ArrayList<>();

	private Duration elapsed = Duration.ZERO;

	@Override
	public Instant now() {
		return START.plus(this.elapsed);
	}

	@Override
	public long nanoTime() {
		return this.elapsed.toNanos();
	}

	@Override
	public void pause(Duration duration) {
		this.pauses.add(duration);
		advance(duration);
	}

	void advance(Duration duration) {
		this.elapsed = this.elapsed.plus(duration);
	}

}
