package io.github.awssecrets.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.awssecrets.env.AskedSecret;
import io.github.awssecrets.env.ReferenceProblem;
import io.github.awssecrets.env.UnresolvedReferenceException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;

/**
 * The report on references that could not be resolved: a numbered paragraph for each
 * cause, with the references that it concerns, and under the same numbers what to do.
 * What nobody would read to its end is cut short, and says by how much.
 */
final class ReferenceReport {

	private static final int WIDTH = 112;

	private static final int MAXIMUM_CAUSES = 50;

	private static final int MAXIMUM_REFERENCES_OF_CAUSE = 10;

	private final List<ReferenceProblem> problems;

	private final boolean failFast;

	private final @Nullable String bean;

	/* The references of each cause that is reported */
	private final Map<Cause, List<ReferenceProblem>> causes = new LinkedHashMap<>();

	/**
	 * Create a report.
	 * @param exception names the references
	 * @param rootFailure what the exception is the cause of, which may know the bean that
	 * an annotation belongs to
	 */
	ReferenceReport(UnresolvedReferenceException exception, Throwable rootFailure) {
		this.bean = bean(rootFailure);
		this.problems = exception.getProblems();
		this.failFast = exception.isFailFast();
		for (ReferenceProblem problem : this.problems) {
			Cause cause = Cause.of(problem);
			if (this.causes.containsKey(cause) || this.causes.size() < MAXIMUM_CAUSES) {
				this.causes.computeIfAbsent(cause, (key) -> new ArrayList<>()).add(problem);
			}
		}
	}

	String description() {
		List<String> lines = new ArrayList<>();
		lines.addAll(wrap(heading()));
		int number = 0;
		for (Map.Entry<Cause, List<ReferenceProblem>> entry : this.causes.entrySet()) {
			number++;
			lines.add("");
			List<String> paragraph = references(entry.getValue());
			paragraph.addAll(wrap(entry.getKey().description()));
			indent(number + ". ", paragraph, lines);
		}
		int more = this.problems.size() - this.causes.values().stream().mapToInt(List::size).sum();
		if (more > 0) {
			lines.add("");
			lines.add("And %d more, for other reasons.".formatted(more));
		}
		return join(lines);
	}

	private List<String> references(List<ReferenceProblem> problems) {
		List<String> lines = new ArrayList<>();
		for (ReferenceProblem problem : problems.subList(0, Math.min(problems.size(), MAXIMUM_REFERENCES_OF_CAUSE))) {
			lines.add("%s  in %s".formatted(problem.property(), location(problem)));
			if (problem.reference() != null) {
				lines.add(problem.reference());
			}
		}
		if (problems.size() > MAXIMUM_REFERENCES_OF_CAUSE) {
			lines.add("and %d more".formatted(problems.size() - MAXIMUM_REFERENCES_OF_CAUSE));
		}
		return lines;
	}

	String action() {
		Map<String, List<Integer>> numbers = new LinkedHashMap<>();
		int number = 0;
		for (Cause cause : this.causes.keySet()) {
			number++;
			numbers.computeIfAbsent(cause.action(), (action) -> new ArrayList<>()).add(number);
		}
		List<String> lines = new ArrayList<>();
		numbers.forEach((action, causes) -> indent(ranges(causes) + ". ", action.lines().toList(), lines));
		if (this.failFast) {
			lines.add("");
			lines.add("To start with what can be resolved, set aws.secrets.fail-fast=false.");
		}
		return join(lines);
	}

	private static String ranges(List<Integer> numbers) {
		StringBuilder ranges = new StringBuilder();
		int start = 0;
		for (int i = 0; i < numbers.size(); i++) {
			if (i + 1 == numbers.size() || numbers.get(i + 1) != numbers.get(i) + 1) {
				ranges.append(ranges.isEmpty() ? "" : ", ").append(numbers.get(start));
				if (i > start) {
					ranges.append((i == start + 1) ? ", " : "-").append(numbers.get(i));
				}
				start = i + 1;
			}
		}
		return ranges.toString();
	}

	private String location(ReferenceProblem problem) {
		boolean annotation = problem.property().startsWith("@");
		return (annotation && this.bean != null) ? "bean '" + this.bean + "'" : problem.location();
	}

	private String heading() {
		String references = (this.problems.size() == 1) ? "A secret reference"
				: this.problems.size() + " secret references";
		List<String> details = new ArrayList<>();
		Set<String> secrets = distinct(AskedSecret::id);
		if (this.problems.size() > 1 && !secrets.isEmpty()) {
			details.add(count("secret", secrets));
		}
		Set<String> regions = distinct(AskedSecret::region);
		if (!regions.isEmpty()) {
			details.add(((regions.size() == 1) ? "Region " : "Regions ") + String.join(" and ", regions));
		}
		Set<String> callers = distinct(AskedSecret::caller);
		if (!callers.isEmpty()) {
			details.add("as " + String.join(" and ", callers));
		}
		return references + " could not be resolved"
				+ (details.isEmpty() ? ":" : details.stream().collect(Collectors.joining(", ", " (", "):")));
	}

	private static @Nullable String bean(Throwable rootFailure) {
		String bean = null;
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof BeanCreationException creation && creation.getBeanName() != null) {
				bean = creation.getBeanName();
			}
		}
		return bean;
	}

	private static String count(String noun, Collection<String> counted) {
		return "%d %s%s".formatted(counted.size(), noun, (counted.size() == 1) ? "" : "s");
	}

	private Set<String> distinct(Function<AskedSecret, @Nullable String> attribute) {
		return this.problems.stream()
			.map(ReferenceProblem::secret)
			.filter(Objects::nonNull)
			.map(attribute)
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static void indent(String label, List<String> paragraph, List<String> lines) {
		String prefix = label;
		for (String line : paragraph) {
			lines.add(prefix + line);
			prefix = " ".repeat(label.length());
		}
	}

	private static List<String> wrap(String text) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (String word : text.split(" ", -1)) {
			if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
				lines.add(line.toString());
				line.setLength(0);
			}
			line.append(line.isEmpty() ? "" : " ").append(word);
		}
		lines.add(line.toString());
		return lines;
	}

	private static String join(List<String> lines) {
		return String.join(System.lineSeparator(), lines);
	}

	/**
	 * What several references may fail for.
	 */
	private record Cause(String description, String action) {

		static Cause of(ReferenceProblem problem) {
			return new Cause(problem.description(), problem.action());
		}

	}

}
