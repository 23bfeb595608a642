package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.github.awssecrets.chaos.Invariant.Violation;
import io.github.awssecrets.reference.SecretId;
import io.github.awssecrets.reference.SecretSelector;
import io.github.awssecrets.refresh.PollReport;
import io.github.awssecrets.refresh.SecretStatus;
import io.github.awssecrets.refresh.SecretsWatcher;
import io.github.awssecrets.refresh.VirtualPolls;
import io.github.awssecrets.refresh.WatchListener;
import io.github.awssecrets.refresh.WatchSettings;
import io.github.awssecrets.refresh.WatchThreads;
import io.github.awssecrets.refresh.WatchedSecret;
import io.github.awssecrets.retrieval.VirtualRetrieval;
import io.github.awssecrets.snapshot.SecretSnapshots;
import io.github.awssecrets.testing.VirtualTime;
import org.jspecify.annotations.Nullable;

/**
 * One run of a schedule against the real retrieval, snapshots and watcher in virtual
 * time: the events, then a quiet time in which all must be well again, then the end.
 */
final class CoreRun {

	static final Duration INTERVAL = Duration.ofSeconds(60);

	private static final Duration STEP = Duration.ofSeconds(10);

	private static final Duration START = Duration.ofSeconds(1);

	/** The longest pauses of a poll apart, a refresh and a confirmation, one by one. */
	private static final Duration QUIET = Duration.ofMinutes(4);

	private final VirtualTime time = new VirtualTime();

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Schedule schedule;

	private final @Nullable Bug bug;

	private final SimulatedAws aws;

	private final ObservedRetrieval retrieval;

	private final SecretSnapshots snapshots;

	private final Reading reading;

	private final Told told;

	private final SimulatedApplication application;

	private final SecretsWatcher watcher;

	private final Watchdog watchdog;

	private final List<SecretSelector> selectors = new ArrayList<>();

	private int open;

	private boolean dead;

	private CoreRun(Schedule schedule, @Nullable Bug bug) {
		SplittableRandom random = new SplittableRandom(schedule.seed() + 1);
		this.schedule = schedule;
		this.open = schedule.events().size();
		this.bug = bug;
		this.aws = new SimulatedAws(schedule.secrets(), random.split());
		this.aws.secrets().forEach((secret) -> this.selectors.add(current(secret.name())));
		SimulatedSecret first = this.aws.secrets().get(0);
		this.selectors.add(current(first.arn()));
		this.selectors.add(new SecretSelector(new SecretId(first.name()), null, "AWSPREVIOUS", null));
		this.retrieval = new ObservedRetrieval(new VirtualRetrieval(this.aws, this.time, random.split()), this.aws,
				this.time, bug);
		this.snapshots = new SecretSnapshots(() -> this.retrieval, Duration.ofSeconds(30));
		this.reading = new Reading(this.snapshots, this.aws, this.selectors);
		this.told = new Told(bug);
		this.application = new SimulatedApplication(this.time, this.snapshots, this.reading, this.told, bug);
		this.watcher = new SecretsWatcher(this.snapshots, this::uses, this.application,
				new WatchSettings(true, INTERVAL, WatchSettings.DEFAULT_JITTER), List.of(this.told, new Careless()),
				this.time, random.split(), threads());
		this.application.follow(this.watcher);
		this.watchdog = new Watchdog(this.time, this.watcher, this.application);
	}

	private static SecretSelector current(String id) {
		return SecretSelector.current(new SecretId(id));
	}

	/**
	 * Run a schedule.
	 * @param schedule the schedule
	 * @param bug a bug that is planted, or {@code null}
	 * @return what did not hold, or {@code null} if all did
	 */
	static @Nullable Violation run(Schedule schedule, @Nullable Bug bug) {
		try {
			new CoreRun(schedule, bug).run();
			return null;
		}
		catch (Violation ex) {
			return ex;
		}
		catch (RuntimeException | Error ex) {
			Violation violation = Invariant.NOTHING_IS_THROWN.violated("%s", ex);
			violation.initCause(ex);
			return violation;
		}
	}

	private void run() {
		LogLeaks.take();
		for (Schedule.Event event : this.schedule.events()) {
			this.time.after(event.at(), () -> begin(event));
		}
		this.time.after(START, this::start);
		advance(START);
		// A suspended process meets later what was to happen meanwhile
		while (this.open > 0) {
			advance(STEP);
		}
		advance(QUIET);
		requireAllWell();
		requireOneRefreshForAll();
		requireFewCalls();
		requireEnd();
	}

	private void start() {
		try {
			this.snapshots.retrieve(this.selectors);
		}
		catch (OutOfMemoryError ex) {
			// Somebody starts it again
			this.time.after(START, this::start);
			return;
		}
		this.application.start();
		this.watcher.start();
		this.watchdog.reset();
	}

	private void advance(Duration duration) {
		long end = this.time.elapsed() + duration.toNanos();
		while (this.time.elapsed() < end) {
			this.time.advance(Duration.ofNanos(Math.min(STEP.toNanos(), end - this.time.elapsed())), this::check);
			check();
		}
	}

	private void check() {
		this.told.check();
		this.reading.check();
		this.watchdog.check();
		Invariant.NOTHING_LEAKS.require(LogLeaks.take() == null, "a log message holds a value");
	}

	private void begin(Schedule.Event event) {
		Fault fault = event.fault();
		SimulatedSecret secret = this.aws.secret("chaos/" + event.secret());
		Runnable end = switch (fault.scope()) {
			case SERVICE, SECRET -> this.aws.begin(fault, secret.name());
			case VERSION -> rotate(fault, secret, event.duration());
			case PROCESS -> disturb(fault, event.duration());
		};
		this.time.after(event.duration(), () -> {
			end.run();
			this.open--;
		});
	}

	private Runnable rotate(Fault fault, SimulatedSecret secret, Duration duration) {
		SimulatedSecret other = this.aws.secrets().get((secret.name().hashCode() & 0xff) % this.aws.secrets().size());
		switch (fault) {
			case FLAPPING -> {
				secret.rotate(Fault.ROTATED);
				this.time.after(duration.dividedBy(3), secret::rollBack);
				this.time.after(duration.dividedBy(2), secret::rollBack);
			}
			case ROLLED_BACK -> secret.rollBack();
			case STALE_ANSWER -> secret.answerStale();
			case PENDING_LEFT -> secret.createPending();
			case TWO_HALF_ROTATED -> {
				secret.rotate(Fault.ROTATED);
				other.createPending();
				return other::finishPending;
			}
			default -> {
				boolean good = secret.rotate(fault).isGood();
				return good ? () -> {
				} : () -> secret.rotate(Fault.ROTATED);
			}
		}
		return () -> {
		};
	}

	private Runnable disturb(Fault fault, Duration duration) {
		Runnable nothing = () -> {
		};
		switch (fault) {
			case SUSPENDED -> {
				// Not from inside an event: nothing must happen meanwhile
				this.time.suspend(duration.multipliedBy(20));
				this.watchdog.reset();
			}
			case CLOCK_JUMPED_AHEAD -> this.time.moveClock(duration.multipliedBy(1_000));
			case CLOCK_JUMPED_BACK -> this.time.moveClock(duration.multipliedBy(-1_000));
			case REFRESH_REQUESTED -> refresh();
			case REFRESHES_REQUESTED_AT_ONCE -> {
				refresh();
				refresh();
			}
			case CLOSED_IN_MID_POLL -> this.retrieval.onNextStart(() -> this.time.after(Duration.ofMillis(5), () -> {
				this.watcher.stop();
				this.time.after(Duration.ofSeconds(3), this.watcher::start);
			}));
			case NO_MORE_THREADS -> this.time.failStarts(1 + (int) (duration.toSeconds() % 5));
			case OUT_OF_MEMORY -> {
				Runnable retrieving = this.retrieval.begin(fault);
				Runnable applying = this.application.begin(fault);
				return () -> {
					retrieving.run();
					applying.run();
				};
			}
			case RETRIEVAL_STUCK -> {
				return this.retrieval.begin(fault);
			}
			case LISTENER_THROWS, USES_UNKNOWN -> {
				this.faults.merge(fault, 1, Integer::sum);
				return () -> this.faults.computeIfPresent(fault, (key, count) -> (count > 1) ? count - 1 : null);
			}
			default -> {
				return this.application.begin(fault);
			}
		}
		return nothing;
	}

	private void refresh() {
		CompletableFuture<PollReport> request = VirtualPolls.request(this.watcher);
		CompletableFuture<Void> unused = request.thenAccept((report) -> this.time.after(Duration.ZERO, () -> {
			try {
				this.application.refresh();
			}
			catch (IllegalStateException | OutOfMemoryError ex) {
				// Whoever asked for it is told
			}
		}));
	}

	private Collection<WatchedSecret> uses() {
		if (this.faults.containsKey(Fault.USES_UNKNOWN)) {
			throw new IllegalStateException("The context is being refreshed");
		}
		return this.selectors.stream()
			.map((selector) -> new WatchedSecret(selector, Set.copyOf(Reading.KEYS), false))
			.toList();
	}

	private void requireAllWell() {
		if (this.application.takeRefused()) {
			refresh();
			advance(INTERVAL.plusSeconds(2));
		}
		Invariant.ROTATIONS_ARRIVE.require(this.watcher.pending().isEmpty(), "%d changes are pending after all",
				this.watcher.pending().size());
		this.told.requireAll();
		for (SecretSelector selector : this.selectors) {
			SimulatedSecret secret = this.aws.secret(selector.id().name());
			SimulatedSecret.Version expected = selector.isCurrent() ? secret.current() : secret.previous();
			String actual = SimulatedApplication.versionId(this.snapshots.current().outcome(selector));
			Invariant.ROTATIONS_ARRIVE.require(!expected.isGood() || expected.id().equals(actual),
					"%s of AWS is not that of %s, which is %s", expected, selector, secretStatus(selector));
			Invariant.CHANGES_ARE_RETRIED.require(actual == null || actual.equals(this.application.inBeans(selector)),
					"beans have another version of %s", selector.id());
			// What could not be retrieved at the start, and then only in a bad version,
			// still says so
			Invariant.FAILURES_ARE_NAMED.require(!expected.isGood() || secretStatus(selector).failure() == null,
					"%s is well and has the failure %s", selector.id(), secretStatus(selector).failure());
		}
	}

	private SecretStatus secretStatus(SecretSelector selector) {
		return this.watcher.status()
			.secrets()
			.stream()
			.filter((secret) -> secret.selector().equals(selector))
			.findFirst()
			.orElseThrow(() -> Invariant.POLLS_GO_ON.violated("%s is not watched", selector.id()));
	}

	private void requireOneRefreshForAll() {
		// Away from a poll that is under way
		long polls = this.watcher.status().polls();
		this.time.advanceUntil(() -> this.watcher.status().polls() > polls, INTERVAL.plusSeconds(1));
		advance(Duration.ofSeconds(12));
		int before = this.application.applications();
		this.aws.secrets().forEach((secret) -> secret.rotate(Fault.ROTATED));
		boolean seen = this.time.advanceUntil(this::isAllSeen, INTERVAL.plusSeconds(1));
		Invariant.ROTATIONS_ARRIVE.require(seen, "rotations are not visible after one interval and 1 s");
		check();
		advance(Duration.ofSeconds(2));
		Invariant.ROTATIONS_ARRIVE.require(this.application.applications() == before + 1,
				"%d refreshes for rotations that one poll found", this.application.applications() - before);
		this.told.requireAll();
	}

	private boolean isAllSeen() {
		return this.selectors.stream()
			.filter(SecretSelector::isCurrent)
			.allMatch((selector) -> this.aws.secret(selector.id().name())
				.current()
				.id()
				.equals(this.application.inBeans(selector)));
	}

	private void requireFewCalls() {
		if (this.schedule.has(Fault.BATCH_DENIED)) {
			// Remembered for an hour, then tried once
			advance(Duration.ofMinutes(62));
		}
		long polls = this.watcher.status().polls();
		long calls = this.aws.total();
		advance(INTERVAL.multipliedBy(3));
		long made = this.aws.total() - calls;
		long due = this.watcher.status().polls() - polls;
		long current = this.selectors.stream().filter(SecretSelector::isCurrent).count();
		long each = (current + 19) / 20 + 1;
		Invariant.CALLS_ARE_FEW.require(made <= (due + 1) * each, "%d calls in %d polls of %d secrets", made, due,
				this.selectors.size());
	}

	private void requireEnd() {
		this.watcher.stop();
		this.snapshots.close();
		if (Bug.LEAVES_WORK_BEHIND.is(this.bug)) {
			this.time.after(QUIET.multipliedBy(10), () -> {
			});
		}
		this.time.advance(QUIET);
		Invariant.CLOSING_ENDS_ALL.require(this.time.isQuiet() && this.time.threads() == 0,
				"something goes on after the end");
		this.reading.check();
	}

	private WatchThreads threads() {
		if (!Bug.STOPS_AFTER_AN_ERROR.is(this.bug)) {
			return this.time;
		}
		return new WatchThreads() {

			@Override
			public void wake(Loop loop) {
				if (!CoreRun.this.dead) {
					CoreRun.this.time.wake(loop);
				}
			}

			@Override
			public <T> Job run(String name, Callable<T> work, Completion<T> then) {
				return CoreRun.this.time.run(name, () -> {
					try {
						return work.call();
					}
					catch (Error ex) {
						CoreRun.this.dead = true;
						stop();
						throw ex;
					}
				}, then);
			}

			@Override
			public void stop() {
				CoreRun.this.time.stop();
			}

		};
	}

	/**
	 * A listener that fails now and then, and that has one of the planted bugs.
	 */
	private final class Careless implements WatchListener {

		@Override
		public void polled(PollReport report) {
			if (CoreRun.this.faults.containsKey(Fault.LISTENER_THROWS)) {
				throw new IllegalStateException("A listener failed");
			}
		}

		@Override
		public void failing(List<SecretStatus> secrets) {
			if (Bug.BLANKS_WHAT_FAILS.is(CoreRun.this.bug)) {
				secrets.forEach((secret) -> CoreRun.this.snapshots.stage(Map.of(secret.selector(), secret.failure())));
				CoreRun.this.snapshots.promote(CoreRun.this.snapshots.staged());
			}
		}

	}

}
