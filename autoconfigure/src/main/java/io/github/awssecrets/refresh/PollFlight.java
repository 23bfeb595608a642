package io.github.awssecrets.refresh;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A poll that is under way.
 */
final class PollFlight extends Flight {

	private final Kind kind;

	private final List<CompletableFuture<PollReport>> requests;

	PollFlight(WatchClock clock, Kind kind, List<CompletableFuture<PollReport>> requests) {
		super(clock);
		this.kind = kind;
		this.requests = List.copyOf(requests);
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Return those who wait for this poll.
	 */
	List<CompletableFuture<PollReport>> requests() {
		return this.requests;
	}

	enum Kind {

		REGULAR, ON_DEMAND, CONFIRMATION

	}

}
