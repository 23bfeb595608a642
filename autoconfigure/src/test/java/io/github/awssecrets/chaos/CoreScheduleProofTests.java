package io.github.awssecrets.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import io.github.awssecrets.chaos.Invariant.Violation;
import io.github.awssecrets.testing.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Proofs that what must always hold does so under random schedules of faults, and that
 * bugs would be found. New seeds in each run; {@code -Dseed=...} replays a schedule.
 */
@ExtendWith(LogLeaks.class)
class CoreScheduleProofTests {

	private static final int SCHEDULES = Proof.SCHEDULES.count();

	private static final int SEARCH = 3_000;

	@Test
	void invariantsWhenAnythingHappensHold() {
		Long replayed = Long.getLong("seed");
		if (replayed != null) {
			run(replayed);
			return;
		}
		SplittableRandom seeds = new SplittableRandom();
		long begin = System.nanoTime();
		long events = 0;
		for (int i = 0; i < SCHEDULES; i++) {
			events += run(seeds.nextLong());
		}
		Proof.report("%d schedules with %d faults on the core: 0 violations, %d s".formatted(SCHEDULES, events,
				(System.nanoTime() - begin) / 1_000_000_000));
	}

	private static int run(long seed) {
		Schedule schedule = Schedule.random(seed);
		Violation violation = CoreRun.run(schedule, null);
		if (violation != null) {
			Schedule shrunk = Shrinking.shrink(schedule, (smaller) -> isSame(CoreRun.run(smaller, null), violation));
			fail("%s%n%s%nwhich also fails with these events only:%n%s".formatted(violation.getMessage(), schedule,
					shrunk), violation);
		}
		return schedule.events().size();
	}

	private static boolean isSame(Violation one, Violation other) {
		return one != null && one.invariant() == other.invariant();
	}

	/**
	 * The time of day, not the stopwatch, said when to try batches again: set back, it
	 * did not for days.
	 */
	@Test
	void batchesWhenTheClockIsSetBackAfterADenialAreTriedAfterAnHour() {
		Schedule schedule = new Schedule(1, 10,
				List.of(event(70, Fault.BATCH_DENIED, 120), event(150, Fault.CLOCK_JUMPED_BACK, 90)));
		assertThat(CoreRun.run(schedule, null)).isNull();
	}

	/**
	 * Going back to a version that is malformed took a confirmation in each poll.
	 */
	@Test
	void versionWhenRejectedAfterARollbackIsConfirmedOnce() {
		Schedule schedule = new Schedule(1, 2,
				List.of(event(37, Fault.TURNED_MALFORMED, 8), event(401, Fault.ROLLED_BACK, 9)));
		assertThat(CoreRun.run(schedule, null)).isNull();
	}

	/**
	 * A suspended process meets later what was to happen meanwhile. This one and the next
	 * three are about the kit: it took that for the quiet time, a failure at the start
	 * for one of now, an empty secret at the start for one that was blanked, and the
	 * second page of a batch for a call too many.
	 */
	@Test
	void eventsWhenTheProcessIsSuspendedAreWaitedFor() {
		Schedule schedule = new Schedule(1, 4, List.of(event(152, Fault.SUSPENDED, 138),
				event(220, Fault.SUSPENDED, 68), event(331, Fault.NOT_DECRYPTED, 67)));
		assertThat(CoreRun.run(schedule, null)).isNull();
	}

	@Test
	void secretWhenItFailedAtTheStartAndHasABadVersionSaysBoth() {
		Schedule schedule = new Schedule(6825559094114408168L, 2, List.of(event(1, Fault.NOT_DECRYPTED, 3),
				event(6, Fault.HTML_503, 49), event(75, Fault.EMPTY_BODY, 78), event(96, Fault.TURNED_TO_TEXT, 55)));
		assertThat(CoreRun.run(schedule, null)).isNull();
	}

	@Test
	void secretWhenEmptyAtTheStartIsNotBlanked() {
		assertThat(CoreRun.run(new Schedule(1, 4, List.of(event(0, Fault.TURNED_EMPTY, 12))), null)).isNull();
	}

	@Test
	void pagesWhenEndlessAtTheStartAreNoCallsTooMany() {
		assertThat(CoreRun.run(new Schedule(1, 1, List.of(event(0, Fault.ENDLESS_PAGES, 43))), null)).isNull();
	}

	private static Schedule.Event event(int atSecond, Fault fault, int seconds) {
		return new Schedule.Event(Duration.ofSeconds(atSecond), fault, 0, Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@EnumSource(Bug.class)
	void invariantsWhenABugIsPlantedFindIt(Bug bug) {
		long seed = 0;
		Violation violation = null;
		// A bug can break several, the planted ones each one above all
		while ((violation == null || violation.invariant() != bug.invariant()) && seed < SEARCH) {
			violation = CoreRun.run(Schedule.random(++seed), bug);
		}
		assertThat(violation).as("%s is found", bug).isNotNull();
		assertThat(violation.invariant()).as(violation.getMessage()).isEqualTo(bug.invariant());
		Violation found = violation;
		Schedule shrunk = Shrinking.shrink(Schedule.random(seed),
				(smaller) -> isSame(CoreRun.run(smaller, bug), found));
		assertThat(shrunk.events()).as("needed to find %s", bug).hasSizeLessThanOrEqualTo(2);
		assertThat(CoreRun.run(shrunk, null)).isNull();
	}

	@Test
	void runWhenRepeatedEndsInTheSameWay() {
		for (Bug bug : Bug.values()) {
			Violation first = CoreRun.run(Schedule.random(7), bug);
			Violation second = CoreRun.run(Schedule.random(7), bug);
			assertThat(String.valueOf(second)).isEqualTo(String.valueOf(first));
		}
	}

}
