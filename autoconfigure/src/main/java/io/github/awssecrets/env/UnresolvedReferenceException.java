package io.github.awssecrets.env;

import java.util.List;

/**
 * Thrown where a property is read, or an application started, whose references cannot be
 * resolved.
 */
public class UnresolvedReferenceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<ReferenceProblem> problems;

	private final boolean failFast;

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
		this(problems, false);
	}

	private UnresolvedReferenceException(List<ReferenceProblem> problems, boolean failFast) {
		super(message(problems));
		this.problems = List.copyOf(problems);
		this.failFast = failFast;
	}

	static UnresolvedReferenceException failFast(List<ReferenceProblem> problems) {
		return new UnresolvedReferenceException(problems, true);
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

	/**
	 * Return whether the application would start without failing fast.
	 * @return whether {@code aws.secrets.fail-fast} ended the start
	 */
	public boolean isFailFast() {
		return this.failFast;
	}

}
