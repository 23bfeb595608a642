package io.github.awssecrets.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the events of a schedule that are needed to make it fail, by delta debugging
 * (Zeller's {@code ddmin}).
 */
final class Shrinking {

	private Shrinking() {
	}

	/**
	 * Shrink a schedule.
	 * @param schedule a schedule that fails
	 * @param fails tells whether a schedule fails
	 * @return a schedule that fails, and does not without any one of its events
	 */
	static Schedule shrink(Schedule schedule, Predicate<Schedule> fails) {
		Schedule smallest = schedule;
		int parts = 2;
		while (smallest.events().size() > 1) {
			Schedule smaller = withoutOnePart(smallest, parts, fails);
			if (smaller != null) {
				smallest = smaller;
				parts = Math.max(2, parts - 1);
			}
			else if (parts >= smallest.events().size()) {
				break;
			}
			else {
				parts = Math.min(smallest.events().size(), 2 * parts);
			}
		}
		Schedule nothing = smallest.with(List.of());
		return fails.test(nothing) ? nothing : smallest;
	}

	private static Schedule withoutOnePart(Schedule schedule, int parts, Predicate<Schedule> fails) {
		int size = schedule.events().size();
		int begin = 0;
		for (int part = 0; part < parts; part++) {
			int end = begin + (size - begin) / (parts - part);
			List<Schedule.Event> rest = new ArrayList<>(schedule.events());
			rest.subList(begin, end).clear();
			if (end > begin && fails.test(schedule.with(rest))) {
				return schedule.with(rest);
			}
			begin = end;
		}
		return null;
	}

}
