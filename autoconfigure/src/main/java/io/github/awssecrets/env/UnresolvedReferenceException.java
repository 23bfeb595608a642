package io.github.awssecrets.env;

import java.util.List;

/**
 * Thrown where a property is read, or an application started, whose references cannot be
 * resolved.
 */
public class UnresolvedReferenceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<ReferenceProblem> problems;

	/**
	 * Create an exception for one reference.
	 * @param problem what is wrong with it
	 */
	public UnresolvedReferenceException(ReferenceProblem problem) {
		this(List.of(problem));
	}

	/**
	 * Create an exception for several references.
	 * @param problems what is wrong with each, at least one
	 */
	public UnresolvedReferenceException(List<ReferenceProblem> problems) {
		super(message(problems));
		this.problems = List.copyOf(problems);
	}

	private static String message(List<ReferenceProblem> problems) {
		String first = problems.get(0).toString();
		return (problems.size() == 1) ? first : "%d references, the first: %s".formatted(problems.size(), first);
	}

	/**
	 * Return what is wrong with each reference.
	 * @return the problems, at least one
	 */
	public List<ReferenceProblem> getProblems() {
		return this.problems;
	}

}
