package io.github.awssecrets.refresh;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.retrieval.RetrievalReport;
import org.jspecify.annotations.Nullable;

/**
 * The retrievals of secrets that would keep others waiting, each {@link ApartLane} with a
 * rhythm of its own. Guarded by the monitor of the {@link Watch}.
 */
final class ApartPolls {

	static final String THREAD_NAME = "aws-secrets-poll-apart";

	/** The most lanes that are retrieved at once. */
	private static final int MAXIMUM = 8;

	private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(2);

	/** The time after which a retrieval that ignores its deadline is given up. */
	private static final Duration GIVE_UP = Duration.ofSeconds(30);

	private final Watch watch;

	private final Applications applications;

	private final Runnable wake;

	private final Duration timeout;

	private final Map<ApartLane, Flight> flights = new HashMap<>();

	private boolean running;

	/**
	 * Create polls.
	 * @param watch what is shared
	 * @param applications takes the changes
	 * @param wake called, without the monitor, when something has changed
	 */
	ApartPolls(Watch watch, Applications applications, Runnable wake) {
		this.watch = watch;
		this.applications = applications;
		this.wake = wake;
		Duration interval = watch.settings().interval();
		Duration atLeast = (interval.compareTo(SHORTEST_TIMEOUT) > 0) ? interval : SHORTEST_TIMEOUT;
		this.timeout = (atLeast.compareTo(Polls.TIMEOUT) < 0) ? atLeast : Polls.TIMEOUT;
	}

	void start() {
		this.running = true;
	}

	void stop() {
		this.running = false;
		this.flights.values().forEach(Flight::cancel);
		this.flights.clear();
	}

	/**
	 * Start what is due.
	 * @param now the reading of the stopwatch
	 * @return the nanoseconds until something is due; the maximum if nothing will be
	 */
	long step(long now) {
		if (!this.running) {
			return Long.MAX_VALUE;
		}
		if (!this.flights.isEmpty()) {
			giveUp(now);
		}
		if (this.watch.secrets().untilApart(now, this.flights.keySet()) == 0) {
			this.watch.secrets().apart(now).forEach((lane, selectors) -> {
				if (this.flights.size() < MAXIMUM && !this.flights.containsKey(lane)) {
					start(lane, selectors);
				}
			});
		}
		long until = (this.flights.size() < MAXIMUM) ? this.watch.secrets().untilApart(now, this.flights.keySet())
				: Long.MAX_VALUE;
		return this.flights.isEmpty() ? until : Math.min(until, untilGivenUp(now));
	}

	private long untilGivenUp(long now) {
		long until = Long.MAX_VALUE;
		for (Flight flight : this.flights.values()) {
			until = Math.min(until, GIVE_UP.toNanos() - (now - flight.started()));
		}
		return until;
	}

	private void giveUp(long now) {
		Map.copyOf(this.flights).forEach((lane, flight) -> {
			if (now - flight.started() >= GIVE_UP.toNanos()) {
				flight.cancel();
				this.flights.remove(lane);
				this.watch.secrets().retryApart(lane, now + this.watch.pauses().longest());
			}
		});
	}

	private void start(ApartLane lane, Set<SecretSelector> selectors) {
		Flight flight = new Flight(this.watch.clock());
		this.flights.put(lane, flight);
		try {
			flight.job(this.watch.threads()
				.run(THREAD_NAME, () -> this.watch.snapshots().retrieveAgain(selectors, this.timeout),
						(report, failure) -> landed(lane, flight, report)));
		}
		catch (Throwable ex) {
			settle(lane, flight, null);
		}
	}

	/* On the thread of the flight */
	private void landed(ApartLane lane, Flight flight, @Nullable RetrievalReport report) {
		synchronized (this.watch.monitor()) {
			settle(lane, flight, report);
		}
		this.watch.notices().deliver();
		this.wake.run();
	}

	private void settle(ApartLane lane, Flight flight, @Nullable RetrievalReport report) {
		if (!this.flights.remove(lane, flight)) {
			return;
		}
		// Whatever happens from here on, it is tried again
		this.watch.secrets().retryApart(lane, flight.started() + this.watch.pauses().longest());
		try {
			if (report != null) {
				Evaluation evaluation = this.watch.evaluate(report, flight.started());
				this.applications.changed(evaluation, false);
				this.watch.notices().add((listener) -> listener.polled(evaluation.toReport()));
			}
		}
		catch (Throwable ex) {
			this.watch.notices().add((listener) -> listener.pollFailed(ex));
		}
	}

}
