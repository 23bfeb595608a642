package io.github.awssecrets.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Schedule} and {@link Shrinking}.
 */
class ShrinkingTests {

	@Test
	void shrinkWhenTwoEventsAreNeededFindsThem() {
		Schedule schedule = LongStream.range(0, 100)
			.mapToObj(Schedule::random)
			.filter((random) -> random.events().size() > 8)
			.findFirst()
			.orElseThrow();
		List<Schedule.Event> events = schedule.events();
		for (int one = 0; one < events.size(); one++) {
			for (int other = one + 1; other < events.size(); other++) {
				List<Schedule.Event> needed = List.of(events.get(one), events.get(other));
				List<Schedule> tried = new ArrayList<>();
				Schedule shrunk = Shrinking.shrink(schedule, (smaller) -> {
					tried.add(smaller);
					return smaller.events().containsAll(needed);
				});
				assertThat(shrunk.events()).isEqualTo(needed);
				assertThat(tried).hasSizeLessThan(100);
			}
		}
	}

	@Test
	void shrinkWhenNothingIsNeededFindsNothing() {
		assertThat(Shrinking.shrink(Schedule.random(3), (smaller) -> true).events()).isEmpty();
	}

	@Test
	void randomWhenSeedIsEqualIsEqual() {
		assertThat(Schedule.random(42)).isEqualTo(Schedule.random(42));
		assertThat(Schedule.random(42)).isNotEqualTo(Schedule.random(43));
	}

	@Test
	void randomWhenManyContainEveryFault() {
		Set<Fault> faults = LongStream.range(0, 200)
			.boxed()
			.flatMap((seed) -> Schedule.random(seed).events().stream())
			.map(Schedule.Event::fault)
			.collect(Collectors.toSet());
		assertThat(faults).containsAll(Arrays.asList(Fault.values()));
	}

	@Test
	void toStringTellsSeedAndEvents() {
		Schedule schedule = Schedule.random(3);
		assertThat(schedule.toString()).startsWith("-Dseed=3, ").contains(schedule.events().get(0).fault().toString());
	}

}
