package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What happens to an application, and when: data, all of it from a seed.
 *
 * @param seed the seed, which decides on latencies, jitter and the like, too
 * @param secrets how many secrets there are
 * @param events what happens, in the order of time
 */
record Schedule(long seed, int secrets, List<Event> events) {

	private static final int MAXIMUM_EVENTS = 12;

	private static final int FEW_SECRETS = 5;

	private static final int MANY_SECRETS = 24;

	/** Some events come before the application is started. */
	private static final int LATEST = 600_000;

	private static final int LONGEST = 180_000;

	Schedule {
		events = List.copyOf(events);
	}

	static Schedule random(long seed) {
		return random(seed, List.of(Fault.values()), LATEST, LONGEST, MAXIMUM_EVENTS);
	}

	/**
	 * Return a schedule of some faults.
	 * @param seed the seed
	 * @param faults the faults
	 * @param latest when the last event happens, in milliseconds
	 * @param longest how long an event lasts, in milliseconds
	 * @param most the highest number of events
	 */
	static Schedule random(long seed, List<Fault> faults, int latest, int longest, int most) {
		RandomGenerator random = new SplittableRandom(seed);
		int secrets = 1 + random.nextInt((random.nextInt(8) == 0) ? MANY_SECRETS : FEW_SECRETS);
		List<Event> events = new ArrayList<>();
		int size = 1 + random.nextInt(most);
		for (int i = 0; i < size; i++) {
			Fault fault = faults.get(random.nextInt(faults.size()));
			// As many short ones as long ones
			int bound = 1 + random.nextInt(longest);
			events.add(new Event(Duration.ofMillis(random.nextInt(latest)), fault, random.nextInt(secrets),
					Duration.ofMillis(500 + random.nextInt(bound))));
		}
		events.sort(Comparator.comparing(Event::at));
		return new Schedule(seed, secrets, events);
	}

	Schedule with(List<Event> others) {
		return new Schedule(this.seed, this.secrets, others);
	}

	boolean has(Fault fault) {
		return this.events.stream().anyMatch((event) -> event.fault() == fault);
	}

	@Override
	public String toString() {
		return this.events.stream()
			.map(Event::toString)
			.collect(Collectors.joining("\n  ", "-Dseed=%d, %d secrets\n  ".formatted(this.seed, this.secrets), ""));
	}

	/**
	 * One thing that happens, and is over by itself.
	 *
	 * @param at when it begins
	 * @param fault what happens
	 * @param secret the number of the secret, if it befalls one
	 * @param duration how long it lasts, if it lasts
	 */
	record Event(Duration at, Fault fault, int secret, Duration duration) {

		@Override
		public String toString() {
			String what = (this.fault.scope() == Fault.Scope.SECRET || this.fault.scope() == Fault.Scope.VERSION)
					? this.fault + " secret " + this.secret : this.fault.toString();
			return "%7d ms  %s, %d ms".formatted(this.at.toMillis(), what, this.duration.toMillis());
		}

	}

}
